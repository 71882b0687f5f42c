INSERT INTO users (
  id, created_at, organization_id, email, name, role, is_active, is_available, manages_company,
  preferences, version
)
SELECT 'user_' || md5(:organization || n), now() - interval '3 years', :organization,
  CASE WHEN n <= 12 THEN 'agent' || n || '@' || :slug || '.example'
       ELSE 'customer' || n || '@customers.example' END,
  CASE WHEN n <= 12 THEN 'Agent ' ELSE 'Customer ' END || n,
  CASE WHEN n <= 12 THEN 'AGENT' ELSE 'CUSTOMER' END, true, true, false, '{}', 1
FROM generate_series(1, 12 + least(:size / 20, 5000)) n
