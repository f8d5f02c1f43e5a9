-- One row per text that stands for a participation code: the codes themselves and the site's descriptions.
with site_texts as ({{ site_rows('site_participation_text') }}),

texts as (
    select
        {{ lcs_folded('participation_text') }} as participation_text,
        participation_code
    from site_texts

    union

    select
        lower(participation_code) as participation_text,
        participation_code
    from {{ ref('participation') }}
)

select
    '{{ var("authority_code") }}' as authority_code,
    texts.participation_text,
    texts.participation_code,
    codes.is_recorded,
    codes.has_participated,
    codes.has_attended
from texts
inner join {{ ref('participation') }} as codes
    on texts.participation_code = codes.participation_code
