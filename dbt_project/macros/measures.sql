{# Cells of a measure in each span and category, of the `facts` that are dated in it and meet `among`. `facts` is a
   relation, read under the name `facts`. `grains` are 'span', 'snapshot' or both: facts of a snapshot alone are dated on
   it, those of a measure of both in the reporting year up to it. #}

{# The share of them for which `counted` holds. #}
{% macro share_in_spans(measure_id, facts, dated, counted, among='true', breakdowns=none, grains=['span']) -%}
    {{ cells(
        measure_id, facts, dated, among, breakdowns, grains,
        numerator='sum(case when ' ~ counted ~ ' then 1 else 0 end)', denominator='count(*)'
    ) }}
{%- endmacro %}

{# How many they are. #}
{% macro count_in_spans(measure_id, facts, dated, among='true', breakdowns=none, grains=['span']) -%}
    {{ cells(measure_id, facts, dated, among, breakdowns, grains, numerator='count(*)') }}
{%- endmacro %}

{# How many people they concern: one in two months of a span is one. #}
{% macro people_in_spans(measure_id, facts, dated, breakdowns=none) -%}
    {{ cells(
        measure_id, facts, dated, 'true', breakdowns, ['span'],
        numerator='count(distinct facts.person_id)', adds_up=false
    ) }}
{%- endmacro %}
