-- One row per legal status of a person that has a start and does not end before it: its code, from the record or from
-- its text.
with site_texts as ({{ site_rows('site_legal_status_text') }}),

coded as (
    select
        status.authority_code,
        status.legal_status_id,
        identities.person_id,
        status.start_date,
        status.end_date,
        coalesce(status.legal_status_code, site_texts.legal_status_code) as recorded_code
    from {{ ref('stg_lcs__fact_legal_status') }} as status
    inner join {{ ref('int_person__identities') }} as identities
        on
            status.authority_code = identities.authority_code
            and status.source_person_id = identities.source_person_id
    left join site_texts
        on status.legal_status_text = {{ lcs_folded('site_texts.legal_status_text') }}
    where
        status.start_date is not null
        and (status.end_date is null or status.start_date <= status.end_date)
)

select
    coded.authority_code,
    coded.legal_status_id,
    coded.person_id,
    coded.start_date,
    coded.end_date,
    known.legal_status_code,
    coalesce(known.is_short_break, false) as is_short_break
from coded
left join {{ ref('legal_status') }} as known
    on coded.recorded_code = known.legal_status_code
