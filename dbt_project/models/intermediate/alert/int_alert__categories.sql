-- One row per alert and category, by the site's names of categories: an alert has one or many.
with site_categories as ({{ site_rows('site_alert_category') }}),

given as (
    select *
    from {{ ref('int_form__answers') }}
    where
        field = 'alert_category'
        and answer is not null
)

select distinct
    alerts.authority_code,
    alerts.person_id,
    alerts.source_person_id,
    alerts.template,
    alerts.form_key,
    alerts.raised_date,
    coalesce(site_categories.category, 'Not known') as alert_category
from {{ ref('int_alert__alerts') }} as alerts
left join given
    on
        alerts.authority_code = given.authority_code
        and alerts.source_person_id = given.source_person_id
        and alerts.template = given.template
        and alerts.form_key = given.form_key
left join site_categories
    on {{ lcs_folded('given.answer') }} = {{ lcs_folded('site_categories.alert_category') }}
