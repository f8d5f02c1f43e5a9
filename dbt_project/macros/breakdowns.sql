{# Which breakdowns facts have, and where a fact's category comes from: the `child` on the fact's day, or the fact. #}

{% macro child_breakdowns() -%}
    {{ return(['quadrant', 'sex', 'age_band', 'ethnicity', 'uasc', 'legal_status_group', 'placement_group']) }}
{%- endmacro %}

{% macro review_breakdowns() -%}
    {{ return(child_breakdowns() + ['review_sequence']) }}
{%- endmacro %}

{# An alert may concern a child who is not in care. #}
{% macro alert_breakdowns() -%}
    {{ return(['quadrant', 'sex', 'age_band', 'ethnicity', 'uasc']) }}
{%- endmacro %}

{% macro category_of(breakdown) -%}
    {%- if breakdown == 'age_band_by_sex' -%}
        case child.age_band when 'Not known' then 'Age not known' else child.age_band end
        || case child.sex when 'Not known' then ', sex not known' else ', ' || lower(child.sex) end
    {%- elif breakdown == 'review_sequence' -%}
        case facts.review_sequence when 1 then 'First' when 2 then 'Second' else 'Third or later' end
    {%- elif breakdown == 'participation_code' -%}
        case when facts.is_recorded then facts.participation_code else 'Not recorded' end
    {%- elif breakdown in ['end_reason', 'alert_type', 'alert_stage', 'alert_agency', 'alert_category'] -%}
        facts.{{ breakdown }}
    {%- else -%}
        child.{{ breakdown }}
    {%- endif -%}
{%- endmacro %}

{# The category of a fact in each breakdown, as columns by_<breakdown>. #}
{% macro categories_of(breakdowns) -%}
    {%- for breakdown in breakdowns %}
            coalesce({{ category_of(breakdown) }}, 'Not known') as by_{{ breakdown }},
    {%- endfor %}
{%- endmacro %}

{# The child that a fact is about, where a breakdown asks for it: each list of the child's has the sex. #}
{% macro child_of(breakdowns, dated) -%}
    {%- if 'sex' in breakdowns %}
        left join {{ ref('int_child__characteristics') }} as child
            on
                facts.authority_code = child.authority_code
                and facts.person_id = child.person_id
                and {{ dated }} = child.date_day
    {%- endif %}
{%- endmacro %}
