{# Hundredths of a full-time equivalent from a text between 0 and 1; null when it is none. #}
{% macro fte_hundredths(column) -%}
    case
        when translate({{ column }}, '0123456789', '') in ('', '.') and {{ column }} not in ('', '.')
            then
                case
                    when cast({{ column }} as numeric) <= 1
                        then cast(round(100 * cast({{ column }} as numeric)) as integer)
                end
    end
{%- endmacro %}
