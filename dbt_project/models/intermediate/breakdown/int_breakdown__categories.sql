-- One row per breakdown and category that published values are of, in the order to show them in.
with site_teams as ({{ site_rows('site_team') }}),

site_categories as ({{ site_rows('site_alert_category') }}),

site_stages as ({{ site_rows('site_alert_stage') }}),

categories as (
    select
        breakdown,
        category,
        sort_order
    from {{ ref('breakdown_category') }}

    union all

    select
        'quadrant' as breakdown,
        quadrant as category,
        min(sort_order) as sort_order
    from site_teams
    group by quadrant

    union all

    select
        'alert_category' as breakdown,
        category,
        min(sort_order) as sort_order
    from site_categories
    group by category

    union all

    select
        'alert_stage' as breakdown,
        stage_name as category,
        stage as sort_order
    from site_stages
)

select
    '{{ var("authority_code") }}' as authority_code,
    breakdown,
    category,
    sort_order
from categories
