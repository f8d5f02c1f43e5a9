-- One row per care planning alert: the form of one person, with its dates, highest stage and outcome. No agency is the
-- local authority itself.
with forms as (
    {{ forms_of_people('alert', {
        'raised_date': date_answered('alert_raised_date'),
        'resolved_date': date_answered('alert_resolved_date'),
        'stage_1_date': date_answered('alert_stage_1_date'),
        'stage_2_date': date_answered('alert_stage_2_date'),
        'stage_3_date': date_answered('alert_stage_3_date'),
        'stage_4_date': date_answered('alert_stage_4_date'),
        'stage_5_date': date_answered('alert_stage_5_date'),
        'stage_6_date': date_answered('alert_stage_6_date'),
        'alert_type': lcs_folded(answered('alert_type')),
        'agency': answered('alert_agency'),
        'has_outcome': answered('alert_outcome') ~ ' is not null'
    }) }}
)

select
    *,
    -- Stages may be skipped: the highest one with a date counts.
    case
        {%- for stage in [6, 5, 4, 3, 2, 1] %}
            when stage_{{ stage }}_date is not null then {{ stage }}
        {%- endfor %}
        else 0
    end as highest_stage
from forms
