-- An answer to every third ticket.
INSERT INTO ticket_responses (
  id, created_at, organization_id, ticket_id, content, content_format, content_text, is_internal,
  is_email_sent, author_email, author_name, author_type, cc, bcc, updated_at
)
SELECT 'resp_' || substr(t.id, 8), t.created_at + interval '1 hour', t.organization_id, t.id,
  p.words, 'text', p.words, false, true, 'agent1@org-0.example', 'Agent 1', 'AGENT', '{}', '{}',
  t.created_at + interval '1 hour'
FROM tickets t
JOIN paragraphs p ON p.id = 1 + t.ticket_number % 20000
WHERE t.organization_id = :organization AND t.ticket_number % 3 = 0
