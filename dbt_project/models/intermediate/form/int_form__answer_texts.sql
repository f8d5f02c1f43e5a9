-- One row per field and text that stands for something, with its meaning. Texts are in the form in which they are
-- compared.
with site_texts as ({{ site_rows('site_answer_text') }})

select
    '{{ var("authority_code") }}' as authority_code,
    field,
    {{ lcs_folded('answer_text') }} as answer_text,
    max(meaning) as meaning
from site_texts
group by field, {{ lcs_folded('answer_text') }}
