{#
The rows of one source table as they stood in the picture that this build reads; rows alike are one row.

Of rows that share a `key` and differ, one counts: that with the greater text in the first of `greatest_in` in which
they differ, the row's hash last. Nothing is less than any text. -1 is no key: rows under it are kept.
#}
{% macro picture(table, key=none, greatest_in=[]) %}
    {%- if key is none -%}
        {{ distinct_rows(table) }}
    {%- else -%}
        select kept.*
        from ({{ distinct_rows(table) }}) as kept
        where
            not exists (
                select 1
                from ({{ distinct_rows(table) }}) as other
                where
                    other.{{ key }} = kept.{{ key }}
                    and other.{{ key }} != '-1'
                    and other.row_hash != kept.row_hash
                    and (
                        {%- for column in greatest_in %} {{ in_byte_order("coalesce(other." ~ column ~ ", '')") }}, {%- endfor %} other.row_hash
                    ) > (
                        {%- for column in greatest_in %} {{ in_byte_order("coalesce(kept." ~ column ~ ", '')") }}, {%- endfor %} kept.row_hash
                    )
            )
    {%- endif -%}
{% endmacro %}

{% macro distinct_rows(table) %}
    select *
    from {{ source('landing', 'lcs__' ~ table) }}
    where
        authority_code = '{{ var("authority_code") }}'
        and known_from <= {{ extract_id() }}
        and (known_to is null or known_to > {{ extract_id() }})
        and occurrence = 1
{% endmacro %}
