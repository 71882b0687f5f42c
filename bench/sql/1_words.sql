-- 20,000 paragraphs of words whose frequencies follow Zipf's law over 8,000 words. Every word has
-- six letters, so that none is the beginning of another.
CREATE TEMP TABLE paragraphs AS
WITH syllables AS (
  SELECT array_agg(c || v ORDER BY c, v) AS s
  FROM unnest(string_to_array('b d f g h k l m n p r s t v z', ' ')) c,
       unnest(string_to_array('a e i o u', ' ')) v
)
SELECT p AS id, (
  SELECT string_agg(s[1 + k % 75] || s[1 + k / 75 % 75] || s[1 + (k * 7) % 75], ' ')
  FROM (SELECT (exp(random() * ln(8000)) + p * 0)::int AS k FROM generate_series(1, 14)) words,
       syllables
) AS words
FROM generate_series(1, 20000) p;
