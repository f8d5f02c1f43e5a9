{# A bound of Wilson's 95% score interval of a share, in percent: the lower one for '-', the upper one for '+'. Null where
   there is no share. #}
{% macro wilson_bound(side, numerator, denominator) -%}
    {%- set z = '1.959964' -%}
    {%- set n = 'cast(nullif(' ~ denominator ~ ', 0) as numeric)' -%}
    cast(
        100 * (
            2 * {{ numerator }} + {{ z }} * {{ z }}
            {{ side }} {{ z }} * sqrt(
                {{ z }} * {{ z }} + 4 * {{ numerator }} * ({{ n }} - {{ numerator }}) / {{ n }}
            )
        ) / (2 * ({{ n }} + {{ z }} * {{ z }})) as numeric(9, 4)
    )
{%- endmacro %}
