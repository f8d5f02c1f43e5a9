-- One row per care planning alert: the form of one person, with its dates, highest stage and outcome.
with forms as (
    {% call forms_of_people('alert') %}
        {%- for name in ['raised', 'resolved', 'stage_1', 'stage_2', 'stage_3', 'stage_4', 'stage_5', 'stage_6'] %}
            {{ date_answered('alert_' ~ name ~ '_date') }} as {{ name }}_date,
        {%- endfor %}
        lower({{ answered('alert_type') }}) as alert_type,
        -- No agency is the local authority itself.
        {{ answered('alert_agency') }} as agency,
        {{ answered('alert_outcome') }} is not null as has_outcome
    {% endcall %}
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
