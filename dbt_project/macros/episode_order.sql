{# The order of the episodes of a period of care: of those that start together the open one is the later, then the one that
   ends later; several episodes may lack an id. #}
{% macro episode_order() -%}
    start_date, coalesce(end_date, cast('9999-12-31' as date)),
    coalesce(episode_id, -1), coalesce(source_person_id, -1),
    {{ in_byte_order("coalesce(end_reason_code, '')") }}, {{ in_byte_order("coalesce(start_reason_code, '')") }},
    coalesce(placement_id, -1)
{%- endmacro %}
