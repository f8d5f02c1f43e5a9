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
    {%- elif breakdown in child_breakdowns() -%}
        child.{{ breakdown }}
    {%- else -%}
        facts.{{ breakdown }}
    {%- endif -%}
{%- endmacro %}
