{# All points that are held against one base. #}
{% macro of_base() -%}
    partition by series, authority_code, measure_id, base_year_start
{%- endmacro %}

{# The last so many points of a series up to this one: those that have a value, none from before a point that is not
   seen. #}
{% macro last_points(number) -%}
    partition by series, authority_code, measure_id, base_year_start, stretch, value is null
    order by period_end
    rows between {{ number - 1 }} preceding and current row
{%- endmacro %}

{# A limit, or what it is made of; null where there may be none. #}
{% macro where_limits(expression) -%}
    cast(case when why_no_limits is null then {{ expression }} end as numeric(9, 4))
{%- endmacro %}

{# Whether a point gives a signal; null where there is no point, or may be no limits. Where there are too few points for
   limits it gives none. #}
{% macro where_a_point(condition) -%}
    case when value is not null and why_no_limits is null then coalesce({{ condition }}, false) end
{%- endmacro %}
