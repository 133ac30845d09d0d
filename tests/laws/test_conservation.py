"""Nobody is lost or counted twice in any of a thousand made-up cases, and both engines agree on every bit of each."""

from collections import Counter
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from muster.case import DRIVERS
from muster.case.records import Composition, Series
from muster.core.vocabulary import BRANCHES, RANKS
from muster.model.order import mechanisms
from muster.simulate.run import Simulation
from muster.simulate.verify import bench
from muster.simulate.verify.invariants import broken

CASES = 1000
# Drivers are drawn up to these, so that a few hundred persons see everything happen.
MOST = {
    "crackdown_army": 3.0, "crackdown_police": 3.0, "skill": 3.0, "shaming": 3.0, "places": 30.0, "cash": 4.0, "stipend": 4.0,
    "income": 30.0, "volunteer_multiplier": 10.0, "age_floor": 40.0, "quota": 6.0, "quota_planned": 4.0, "recall": 3.0,
    "police_intake": 3.0,
}  # fmt: skip
# Parameters that are no shares are drawn around these, which make the rare common.
USUAL = {
    "exit.wastage": 1e-3, "exit.attempt_rate": 0.03, "programme.contact_rate": 0.05, "programme.vetting_days": 5.0,
    "programme.stay_days": 10.0, "programme.stipend_months": 1.0, "programme.family_size": 3.0, "militia.joining_rate": 1e-3,
    "combat.losses_per_fighter": 5e-3, "orders.half_injury": 1.0, "orders.hardening": 0.01, "security.alarm": 50.0,
    "combat.break_share": 0.05, "resolve.threshold_army": 1.5, "resolve.threshold_police": 1.5,
    "resolve.threshold_air_navy": 2.0, "resolve.threshold_conscript": 1.0, "combat.clash_exponent": 2.5,
    "recruitment.smallest_unit": 20.0, "airpower.strikes_per_clash": 1.0,
}  # fmt: skip
NARROW = {"programme.family_size": (1.0, 4.0), "combat.clash_exponent": (1.8, 3.0), "recruitment.smallest_unit": (0.0, 60.0)}
SHARES = (
    "combat.tip_quality", "combat.surrender", "combat.overrun", "combat.police_worth", "militia.help", "orders.witness_share",
    "resolve.unit_share", "resolve.tie_ratio", "resolve.hardened_damping", "exit.family_factor", "programme.protection",
    "programme.joiner_share", "recruitment.own_region", "security.information_lost", "security.arrest_low",
    "security.arrest_high", "public.resistance_weight",
)  # fmt: skip
share = st.floats(0.0, 1.0)


def strategy_of(parameter):
    if parameter.name in SHARES:
        return share
    if parameter.name in NARROW:
        return st.floats(*NARROW[parameter.name])
    usual = USUAL.get(parameter.name, parameter.default)
    return st.floats(-1.0, 1.0).map(lambda power: usual * 10.0**power)


PARAMETERS = {one.name: one for mechanism in mechanisms() for one in mechanism.parameters}


@st.composite
def drivers(draw, lands, days):
    rows = []
    for _ in range(draw(st.integers(0, 14))):
        driver = draw(st.sampled_from(DRIVERS))
        first = draw(st.integers(0, days - 1))
        last = draw(st.integers(first, days)) if draw(st.booleans()) else None
        place = draw(st.integers(0, lands - 1)) if driver.by_region and draw(st.booleans()) else None
        value = driver.low + draw(share) * (MOST.get(driver.name, driver.high) - driver.low)
        rows.append(bench.level(driver.name, value, place=place, first=first, last=last))
    rows += [Series(name, None, bench.START, None, "level", value, "judgement", "", "") for name, value in (
        ("rising", 1.0), ("outreach", float(draw(st.booleans()))), ("places", draw(st.sampled_from((4.0, 20.0)))),
        ("income", draw(st.sampled_from((0.0, 0.05, 5.0)))), ("stipend", 1.0), ("front", 0.5), ("engagement", 0.5),
        ("crackdown_army", 0.5),
    )]  # fmt: skip
    return rows


@st.composite
def compositions(draw):
    officers = draw(st.floats(0.0, 0.3))
    return Composition(
        nco_share=draw(st.floats(0.0, 0.5)),
        officer_share=officers,
        dependants_share={rank: draw(share) for rank in RANKS},
        in_barracks_share=dict.fromkeys(BRANCHES, draw(share)),
        recruit_dependants_share=draw(share),
        entry_ages={16: 0.1, 18: 0.5, 25: 0.4},
        air_volunteer_share=draw(st.floats(0.0, 0.3)),
        navy_volunteer_share=draw(st.floats(0.0, 0.3)),
    )


@st.composite
def cases(draw):
    lands, days = draw(st.integers(1, 4)), draw(st.integers(20, 120))
    regions = [
        bench.region(
            r,
            population=1e5,
            youth=2e4,
            support=draw(st.floats(0.0, 0.9)),
            control=draw(st.floats(0.05, 0.99)),
            history=1.0 / lands,
            fighters=float(draw(st.integers(0, 60))),
        )
        for r in range(lands)
    ]
    forces = {}
    for _ in range(draw(st.integers(1, 5))):
        place, branch = draw(st.integers(0, lands - 1)), draw(st.sampled_from(BRANCHES))
        persons = draw(st.integers(20, 60))
        forces[place, branch] = bench.formation(persons, units=draw(st.integers(1, 4)), branch=branch, place=place)
    borders = [(a, b) for a in range(lands) for b in range(a) if draw(st.booleans())]
    chosen = {
        name: draw(strategy_of(PARAMETERS[name])) for name in draw(st.sets(st.sampled_from(sorted(PARAMETERS)), max_size=25))
    }
    return bench.case(
        list(forces.values()),
        regions=regions,
        borders=borders,
        drivers=draw(drivers(lands, days)),
        parameters={**{name: USUAL.get(name, one.default) for name, one in PARAMETERS.items()}, **chosen},
        composition=draw(compositions()),
        days=days,
    )


seen = Counter()


@settings(max_examples=CASES)
@given(case=cases(), seed=st.integers(0, 2**31))
def test_nobody_is_lost_or_counted_twice(case, seed):
    fast = Simulation(case, seed=seed)
    for day in range(7, fast.days + 7, 31):
        fast.advance(case.start + timedelta(days=min(day, fast.days)))
        assert broken(fast) == []
    fast.advance()
    assert broken(fast) == []
    plain = Simulation(case, seed=seed, engine="plain").advance()
    assert broken(plain) == []
    assert fast.result().result_hash == plain.result().result_hash
    count_what_happened(fast)


def count_what_happened(run):
    """So that the test below can tell whether the cases were worth it."""
    units, nation, region = run.state.units, run.record.nation, run.record.region
    seen.update(
        cases=1,
        merged=int((run.state.persons["unit"] != run.state.persons["unit0"]).any()),
        overrun=int(region["overrun"].any()),
        hardened=int((units["unhardened"] < units["n"]).any()),
        housed=int(nation["housed"].any()),
        settled=int(nation["settled"].any()),
        owed=int((nation["stipend_paid"] < nation["stipend_owed"]).any()),
        blocked=int(nation["blocked_family"].any()),
        changed_mind=int(nation["changed_mind"].any()),
        recalled=int(region["intake"][:, :, 2].any()),
        conscripts=int(region["intake"][:, :, 1].any()),
        turned_away=int(nation["turned_away"].any()),
        militia_killed=int(region["militia_killed"].any()),
        strikes=int(region["strikes"].any()),
        **{f"exit {fate}": int(region["exits"][..., fate].any()) for fate in range(7)},
    )


def test_the_cases_saw_everything_happen():
    if seen["cases"] >= CASES:  # the test above has run in this process, and to its end
        assert {what: number for what, number in seen.items() if number < CASES // 50} == {}
