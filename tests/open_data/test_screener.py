"""Every rule of the screener passes a good pair of files, and finds what is wrong with a bad one."""

from __future__ import annotations

import csv
from collections.abc import Callable

import pytest

from tests.open_data.screener import CHECKS, Pair, problems, read

PLACE = "Local authority,E92000001,England,E12000008,South East,936,E10000030,Surrey"
DATA = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,"
    "new_la_code,la_name,breakdown_topic,breakdown,children,share\n"
    f"2020,February,{PLACE},Total,Total,20,50\n"
    f"2020,March,{PLACE},Total,Total,10,12.5\n"
    f"2020,March,{PLACE},Sex,Male,10,c\n"
    f"2020,March,{PLACE},Sex,Female,0,z\n"
)
META = (
    "col_name,col_type,label,indicator_grouping,indicator_unit,indicator_dp,filter_hint,filter_grouping_column\n"
    "breakdown,Filter,Breakdown,,,,Choose,breakdown_topic\n"
    "children,Indicator,Children,In the month,,0,,\n"
    "share,Indicator,Share,In the month,%,1,,\n"
)


def good() -> Pair:
    return read("a_file-1.csv", DATA.encode(), "a_file-1.meta.csv", META.encode())


def cell(column: str, value: str, row: int = 1) -> Callable[[Pair], None]:
    return lambda pair: pair.data[row].__setitem__(column, value)


def every(column: str, value: str) -> Callable[[Pair], None]:
    def spoil(pair: Pair) -> None:
        for row in pair.data:
            row[column] = value

    return spoil


def said(row: int, column: str, value: str) -> Callable[[Pair], None]:
    return lambda pair: pair.meta[row].__setitem__(column, value)


def another(column: str, values: str = "1234") -> Callable[[Pair], None]:
    """Another column, with these values."""

    def spoil(pair: Pair) -> None:
        pair.data_header.append(column)
        for row, value in zip(pair.data, values, strict=True):
            row[column] = value

    return spoil


def without(column: str) -> Callable[[Pair], None]:
    def spoil(pair: Pair) -> None:
        pair.data_header.remove(column)
        for row in pair.data:
            del row[column]

    return spoil


def named(data_name: str, meta_name: str) -> Callable[[Pair], None]:
    def spoil(pair: Pair) -> None:
        pair.data_name, pair.meta_name = data_name, meta_name

    return spoil


def again(pair: Pair) -> None:
    pair.data.append(dict(pair.data[0]))


def many(column: str, count: int) -> Callable[[Pair], None]:
    def spoil(pair: Pair) -> None:
        pair.data += [pair.data[0] | {column: str(number)} for number in range(count)]

    return spoil


def described(name: str, group: str = "") -> Callable[[Pair], None]:
    def spoil(pair: Pair) -> None:
        pair.meta.append(pair.meta[0] | {"col_name": name, "label": name, "filter_grouping_column": group})

    return spoil


def both(*spoils: Callable[[Pair], None]) -> Callable[[Pair], None]:
    def spoil(pair: Pair) -> None:
        for each in spoils:
            each(pair)

    return spoil


BREAKS: dict[str, list[Callable[[Pair], None]]] = {
    "check_filename_spaces": [named("a file.csv", "a file.meta.csv")],
    "check_filename_special": [named("a+file.csv", "a+file.meta.csv"), named("a.b.csv", "a.b.meta.csv")],
    "check_filenames_match": [named("a.csv", "b.meta.csv"), named("a.csv", "a.csv")],
    "precheck_col_req_meta": [lambda pair: pair.meta_header.remove("filter_hint")],
    "precheck_col_invalid_meta": [lambda pair: pair.meta_header.append("notes")],
    "precheck_col_req_data": [lambda pair: pair.data_header.remove("country_name")],
    "precheck_col_to_rows": [lambda pair: pair.meta.extend(pair.meta * 3)],
    "precheck_cross_meta_to_data": [said(1, "col_name", "chlidren")],
    "precheck_cross_data_to_meta": [another("status", "abab")],
    "check_col_names_spaces": [another("a name", "aaaa")],
    "check_col_dupes": [lambda pair: pair.data_header.append("children")],
    "check_col_snake_case": [another("aName", "aaaa"), another("a-name", "aaaa")],
    "check_col_var_start": [another("_name", "aaaa"), another("1st", "aaaa")],
    "check_col_ind_smushed": [said(1, "col_name", "female_children")],
    "check_col_var_characteristic": [said(0, "filter_grouping_column", "characteristic_group")],
    "check_api_char_col_name": [another("a" * 51, "aaaa")],
    "precheck_meta_col_type": [said(1, "col_type", "indicator"), said(1, "col_type", "")],
    "precheck_meta_ob_unit": [described("la_name")],
    "precheck_meta_col_name": [said(1, "col_name", " ")],
    "check_meta_dupe_label": [said(1, "label", "Share")],
    "check_meta_label": [said(1, "label", "")],
    "check_meta_col_name_dupe": [said(1, "col_name", "share")],
    "check_meta_col_name_spaces": [said(1, "col_name", "a share")],
    "check_meta_geog_catch": [said(0, "col_name", "ward"), said(0, "col_name", "school_name")],
    "check_meta_filter_hint": [said(1, "filter_hint", "Choose")],
    "check_meta_fil_grp": [said(1, "filter_grouping_column", "breakdown_topic")],
    "check_meta_fil_grp_dupe": [described("children", "breakdown_topic")],
    "check_meta_fil_grp_is_fil": [described("breakdown_topic")],
    "check_meta_fil_grp_match": [said(0, "filter_grouping_column", "topic")],
    "check_meta_fil_grp_stripped": [cell("breakdown_topic", "Sex.", row=3)],
    "check_meta_indicator_group_stripped": [said(1, "indicator_grouping", "In the month.")],
    "check_meta_indicator_grouping": [said(0, "indicator_grouping", "Some")],
    "check_meta_ind_unit": [said(0, "indicator_unit", "%")],
    "check_meta_ind_unit_validation": [said(1, "indicator_unit", "children")],
    "check_meta_indicator_dp": [said(0, "indicator_dp", "0")],
    "check_meta_ind_dp_set": [said(1, "indicator_dp", "")],
    "check_meta_ind_dp_values": [said(1, "indicator_dp", "-1"), said(1, "indicator_dp", "1.5")],
    "check_api_char_col_label": [said(1, "label", "a" * 81)],
    "precheck_time_period_num": [cell("time_period", "2019/20"), cell("time_period", "")],
    "precheck_time_id_valid": [every("time_identifier", "Mar")],
    "precheck_time_id_mix": [cell("time_identifier", "Calendar year")],
    "check_time_period": [cell("time_period", "201920"), every("time_identifier", "Financial year")],
    "check_time_period_six": [cell("time_period", "201921"), cell("time_period", "202019")],
    "precheck_geog_level": [cell("geographic_level", "Local Authority")],
    "precheck_geog_level_present": [without("la_name")],
    "check_geog_country_combos": [cell("country_name", "Wales"), cell("country_code", "E92000002")],
    "check_geog_region_combos": [cell("region_name", "South West"), cell("region_code", "")],
    "check_geog_la_combos": [cell("old_la_code", "937"), cell("la_name", "Surrey County Council")],
    "check_geog_level_completed": [cell("new_la_code", "")],
    "check_geog_ignored_rows": [cell("geographic_level", "School")],
    "check_geog_other_dupes": [cell("la_name", "Surry")],
    "check_geog_other_code_dupes": [cell("new_la_code", "E10000031")],
    "check_geog_la_col_present": [without("old_la_code")],
    "check_geog_region_col_present": [without("region_name")],
    "check_geog_region_for_la": [cell("region_name", ""), without("region_code")],
    "check_geog_overcompleted_cols": [cell("geographic_level", "Regional")],
    "check_api_char_loc_code": [cell("new_la_code", "E" * 31)],
    "check_general_null": [cell("breakdown", "NA"), said(1, "label", "NULL")],
    "check_general_dupes": [again],
    "precheck_filter_not_singular": [every("breakdown", "Total")],
    "check_filter_defaults": [
        both(cell("breakdown", "All", row=0), cell("breakdown", "All")),
        both(cell("breakdown_topic", "All", row=0), cell("breakdown_topic", "All")),
    ],
    "check_filter_group_level": [both(cell("breakdown_topic", "Age", 0), cell("breakdown_topic", "Ages", 2))],
    "check_filter_item_limit": [many("breakdown", 25_000)],
    "check_filter_whitespace": [cell("breakdown", " Male", row=2), cell("la_name", "Surrey ")],
    "check_filter_ob_total": [cell("region_name", "Total"), cell("la_name", "all")],
    "check_filter_blanks": [cell("breakdown", ""), cell("breakdown_topic", "")],
    "check_ind_invalid_entry": [
        *(cell("share", value) for value in ("", ":", "~", "n/a", "1,000", "50%", "C", "=1")),
    ],
    "check_api_char_filter_items": [cell("breakdown", "a" * 121)],
}


def test_a_good_pair_has_no_problem() -> None:
    assert [*problems(good())] == []


def test_every_rule_is_broken_by_a_test() -> None:
    assert {*CHECKS} == {*BREAKS}


@pytest.mark.parametrize(("rule", "place"), [(rule, n) for rule in BREAKS for n in range(len(BREAKS[rule]))])
def test_a_rule_finds_what_breaks_it(rule: str, place: int) -> None:
    pair = good()
    BREAKS[rule][place](pair)
    assert [*CHECKS[rule](pair)]


@pytest.mark.parametrize(
    "data",
    [DATA.encode("utf-16"), DATA.encode() + b"\xff", DATA.encode() + b"2020,May\n", DATA.encode() + b'"'],
)
def test_what_is_no_whole_utf_8_table_is_not_read(data: bytes) -> None:
    with pytest.raises((ValueError, csv.Error)):
        read("a.csv", data, "a.meta.csv", META.encode())
