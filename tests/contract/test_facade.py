"""``muster.simulate`` and ``muster.report`` are packages and functions at once, in whatever order they are first used."""

import subprocess
import sys

import pytest

import muster

ORDERS = {
    "function first": "muster.{name}; import muster.{name}",
    "package first": "import muster.{name}",
    "module first": "from muster.{module} import {function}",
    "module under another name": "muster.{name}; import muster.{module} as other; other.{function}",
    "name from the facade": "from muster import {name}; assert callable({name})",
}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", ["report", "simulate"])
def test_a_name_that_is_also_a_package_can_be_called(name, order):
    module, function = muster._NAMES[name]
    first = ORDERS[order].format(name=name, module=module.removeprefix("muster."), function=function)
    program = f"""
import inspect, sys
import muster
{first}
assert callable(muster.{name})
assert muster.{name} is sys.modules["muster.{name}"]
import {module} as there
assert there is sys.modules["{module}"]
assert inspect.signature(muster.{name}) == inspect.signature(there.{function})
there.{function} = lambda *args, **kwargs: (args, kwargs)
assert muster.{name}(1, to=2) == ((1,), {{"to": 2}})
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", muster.__all__)
def test_every_public_name_is_there_and_says_what_it_is(name):
    thing = getattr(muster, name)
    if callable(thing):
        assert thing.__doc__
