{# What a landed text says once the noise is off: blanks, letter case, and the source's stand-ins for 'nothing'. #}

{# A text with single blanks and no line breaks; null when nothing is left. #}
{% macro lcs_text(column) -%}
    nullif({{ single_blanks(column) }}, '')
{%- endmacro %}

{# A code in upper case. #}
{% macro lcs_code(column) -%}
    upper({{ lcs_text(column) }})
{%- endmacro %}

{# A text in the one form that texts are compared in: lower case, straight apostrophes. #}
{% macro lcs_folded(column) -%}
    replace(lower({{ lcs_text(column) }}), '’', '''')
{%- endmacro %}

{# The identifier of a row; -1 stands for no such row. #}
{% macro lcs_id(column) -%}
    cast(nullif({{ column }}, '-1') as bigint)
{%- endmacro %}

{# A time; 1900-01-01 stands for none. #}
{% macro lcs_moment(column) -%}
    cast(case when {{ column }} not like '1900-01-01%' then {{ column }} end as timestamp)
{%- endmacro %}

{# The date part of a time. #}
{% macro lcs_date(column) -%}
    cast({{ lcs_moment(column) }} as date)
{%- endmacro %}

{# Whether a flag or an answer is yes ('Y', 'Yes') or no ('N', 'No'); null for everything else. Landing has written a flag's
other ways of saying either as Y or N. #}
{% macro yes_or_no(answer) -%}
    case
        when {{ lcs_code(answer) }} in ('Y', 'YES') then true
        when {{ lcs_code(answer) }} in ('N', 'NO') then false
    end
{%- endmacro %}
