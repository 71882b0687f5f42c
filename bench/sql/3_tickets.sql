-- Three years of tickets, spread evenly; h is a hash of the number, so that every draw from it is
-- the same in every run.
WITH numbers AS (
  SELECT n, (hashint8(n::bigint * 7919 + 13) & 2147483647)::bigint AS h,
    now() - interval '36 months' * ((:size - n)::float / :size) AS at
  FROM generate_series(1, :size) n
),
drawn AS (
  SELECT n, h, at,
    CASE WHEN h % 3 = 0 THEN ' printer' ELSE '' END
      || CASE WHEN h % 100 < 3 THEN ' invoice' ELSE '' END
      || CASE WHEN h / 100 % 100 < 2 OR h % 1000 = 1 THEN ' refund' ELSE '' END
      || CASE WHEN n % 50000 = 7 THEN ' kwartzite' ELSE '' END AS planted,
    CASE WHEN h % 100 < 86 THEN 'CLOSED' WHEN h % 100 < 90 THEN 'RESOLVED'
      ELSE (ARRAY['NEW', 'OPEN', 'IN_PROGRESS', 'WAITING_ON_CUSTOMER', 'WAITING_ON_THIRD_PARTY',
                  'OPEN', 'CANCELLED', 'IN_PROGRESS', 'OPEN', 'CLOSED'])[1 + h / 1000 % 10]
    END AS status,
    least(at + interval '1 hour' * (h % 200), now()) AS touched,
    CASE WHEN h % 10 < 8 THEN 'user_' || md5(:organization || (1 + h % 12)) END AS agent
  FROM numbers
),
written AS (
  SELECT drawn.*, initcap(left(a.words, 40)) AS subject,
    a.words || ' ' || b.words || planted AS body,
    status NOT IN ('RESOLVED', 'CLOSED', 'CANCELLED') AS is_open,
    status NOT IN ('RESOLVED', 'CLOSED', 'CANCELLED') AND status NOT LIKE 'WAITING%' AS is_running
  FROM drawn
  JOIN paragraphs a ON a.id = 1 + h % 20000
  JOIN paragraphs b ON b.id = 1 + h / 20000 % 20000
)
INSERT INTO tickets (
  id, organization_id, ticket_number, subject, description, description_format, description_text,
  status, status_changed_at, priority, category, source, requester_email, requester_name, cc,
  assigned_to_id, assigned_at, linked_chat_ids, tags, custom_fields, metadata,
  first_response_at, first_response_sla, resolution_sla, resolved_at, closed_at,
  sla_pauses, sla_state, sla_due_at, sla_warn_at, created_at, updated_at, last_message_at, version
)
SELECT
  'ticket_' || lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7'
    || substr(md5(:organization || n), 1, 19),
  :organization, 1000 + n, subject, body, 'text', body,
  status, touched,
  (ARRAY['LOW', 'MEDIUM', 'MEDIUM', 'MEDIUM', 'HIGH', 'HIGH', 'URGENT', 'CRITICAL'])[1 + h % 8],
  (ARRAY['Technical', 'Billing', 'General', 'Shipping', 'Account'])[1 + h % 5],
  (ARRAY['EMAIL', 'EMAIL', 'EMBED', 'PORTAL', 'API', 'MANUAL'])[1 + h % 6],
  'customer' || 13 + h % 5000 || '@customers.example', 'Customer ' || 13 + h % 5000, '{}',
  agent, CASE WHEN agent IS NOT NULL THEN at + interval '20 minutes' END,
  '{}', ARRAY['tag-' || h % 40, 'topic-' || h % 37], '{}', '{}',
  CASE WHEN status <> 'NEW' THEN at + interval '1 hour' END, at + interval '4 hours',
  CASE WHEN is_running THEN at + interval '2 days' END,
  CASE WHEN NOT is_open THEN touched END, CASE WHEN status = 'CLOSED' THEN touched END,
  '[]',
  CASE WHEN NOT is_open THEN 'met' WHEN NOT is_running THEN 'paused'
       WHEN at < now() - interval '2 days' THEN 'breached' ELSE 'ok' END,
  CASE WHEN is_running THEN at + interval '2 days' END,
  CASE WHEN is_running THEN at + interval '47 hours' END,
  at, touched, touched, 1 + h % 9
FROM written
ORDER BY n
