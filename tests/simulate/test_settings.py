"""What a run goes by: parameters of pack and scenario, drivers by day, and their bounds."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

import muster
from muster.case import DRIVER_BY_NAME, tabulate
from muster.core.errors import MusterError
from muster.model.order import Parameters
from muster.simulate.scenario import Change, Scenario
from muster.simulate.settings import case_parameters, parameter_days, parameters_on, replaced, tabulate_drivers, value_of

DAYS = 730


def changed(*changes):
    return Scenario("changed", changes=changes)


def day(case, number):
    return case.start + timedelta(days=number)


def test_defaults_hold_where_the_pack_says_nothing(case):
    plain = replace(case, parameters={})
    assert case_parameters(plain) == Parameters()
    assert parameters_on(plain, Scenario(), case.until) == Parameters()


def test_a_pack_overrides_by_name(case):
    own = case_parameters(replace(case, parameters={"combat.overrun": 0.4}))
    assert own.combat.overrun == 0.4
    assert own._replace(combat=Parameters().combat) == Parameters()
    assert value_of(replaced(Parameters(), "exit.refuge", 2), "exit.refuge") == 2.0


def test_an_unknown_parameter_of_a_pack_is_answered_with_the_nearest(case):
    with pytest.raises(MusterError, match=r'"combat\.overun".*Did you mean "combat\.overrun"'):
        case_parameters(replace(case, parameters={"combat.overun": 0.4}))


@pytest.mark.parametrize(
    ("name", "value"),
    [("combat.overrun", 1.2), ("exit.wastage", -1e-4), ("public.memory", 0.0), ("resolve.unit_share", float("nan"))],
)
def test_values_without_a_meaning_are_refused(case, name, value):
    with pytest.raises(MusterError, match=rf"parameters\.toml sets {name}"):
        case_parameters(replace(case, parameters={name: value}))
    if np.isfinite(value):
        with pytest.raises(MusterError, match=rf'scenario "far" takes {name}'):
            muster.start(case, scenario=muster.scenario(case, "far", {name: value}, operation="set"))


def test_a_mean_threshold_may_be_negative(case):
    assert parameters_on(case, changed(Change("resolve.threshold_army", "set", -1.0)), case.until).resolve.threshold_army == -1.0


def test_changes_of_parameters_hold_between_their_dates_both_included(case):
    scenario = changed(
        Change("combat.overrun", "set", 0.5, start=day(case, 100), until=day(case, 200)),
        Change("combat.overrun", "multiply", 0.5, start=day(case, 150)),
    )
    before = case_parameters(case).combat.overrun
    seen = [parameters_on(case, scenario, day(case, number)).combat.overrun for number in (99, 100, 149, 150, 200, 201)]
    assert seen == pytest.approx([before, 0.5, 0.5, 0.25, 0.25, before / 2])
    assert parameter_days(case, scenario, DAYS) == [100, 150, 201]
    assert parameter_days(case, scenario, 160) == [100, 150]


def test_drivers_are_those_of_the_pack(case):
    table = tabulate_drivers(case, Scenario(), DAYS)
    assert table.region.shape == (DAYS + 1, len(case.regions))
    for name, driver in DRIVER_BY_NAME.items():
        ours = (table.region if driver.by_region else table.nation)[name]
        assert (ours == np.asarray(tabulate(case, name, DAYS + 1))).all()


def test_a_change_of_a_driver_covers_its_dates_both_included(case):
    table = tabulate_drivers(case, changed(Change("driver.skill", "add", 1.0, start=day(case, 10), until=day(case, 20))), DAYS)
    added = table.nation["skill"] - tabulate_drivers(case, Scenario(), DAYS).nation["skill"]
    assert np.flatnonzero(added).tolist() == list(range(10, 21))


def test_a_change_for_one_region_leaves_the_others(case):
    place = case.region_index("Hillmarch")
    table = tabulate_drivers(case, changed(Change("driver.engagement", "set", 0.05, region=place)), DAYS)
    before = tabulate_drivers(case, Scenario(), DAYS).region["engagement"]
    others = [r for r in range(len(case.regions)) if r != place]
    assert (table.region["engagement"][:, place] == 0.05).all()
    assert (table.region["engagement"][:, others] == before[:, others]).all()


def test_changes_are_applied_in_their_order(case):
    twice, plus = Change("driver.cash", "multiply", 2.0), Change("driver.cash", "add", 1.0)
    after = tabulate_drivers(case, changed(twice, plus), DAYS).nation["cash"][-1]
    other = tabulate_drivers(case, changed(plus, twice), DAYS).nation["cash"][-1]
    cash = tabulate_drivers(case, Scenario(), DAYS).nation["cash"][-1]
    assert (after, other) == (2 * cash + 1, 2 * (cash + 1))


def test_a_change_out_of_bounds_names_the_first_day(case):
    with pytest.raises(MusterError, match=r'Scenario "changed" takes front to 2 on 2031-03-10\. It must stay within 0 and 1\.'):
        tabulate_drivers(case, changed(Change("driver.front", "set", 2.0, start=date(2031, 3, 10))), DAYS)


def test_half_days_repeat_the_day(case):
    once, twice = tabulate_drivers(case, Scenario(), 50), tabulate_drivers(case, Scenario(), 50, per_day=2)
    assert (twice.nation["shaming"][1::2] == once.nation["shaming"][1:]).all()
    assert (twice.nation["shaming"][::2] == once.nation["shaming"]).all()
    assert twice.nation["families_ordered"].sum() == once.nation["families_ordered"].sum()  # an order is given once
