{# A bound of Wilson's 95% score interval of the percentages among values: the lower one for '-', the upper one for '+'.
   Null where there is no percentage. #}
{% macro wilson_bound(side) -%}
    {%- set z = '1.959964' -%}
    {%- set n = 'cast(denominator as numeric)' -%}
    cast(
        case
            when unit = 'percent' and value is not null
                then
                    100 * (
                        2 * numerator + {{ z }} * {{ z }}
                        {{ side }} {{ z }} * sqrt({{ z }} * {{ z }} + 4 * numerator * ({{ n }} - numerator) / {{ n }})
                    ) / (2 * ({{ n }} + {{ z }} * {{ z }}))
        end as numeric(9, 4)
    )
{%- endmacro %}
