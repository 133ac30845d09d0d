"""`slide`: part of a column moved up or down as one block of memory, which a loop over numba's arrays does not become."""

from __future__ import annotations

from typing import Any

from numba.core import cgutils, types
from numba.extending import intrinsic


@intrinsic
def slide(context: Any, column: Any, source: Any, target: Any, count: Any) -> Any:
    """Move ``count`` entries of a contiguous ``column`` from place ``source`` to place ``target``; the two may overlap.

    For compiled code. The places are not checked.
    """

    def generate(target_context: Any, builder: Any, signature: Any, args: Any) -> Any:
        data = target_context.make_array(signature.args[0])(target_context, builder, args[0]).data
        size = target_context.get_abi_sizeof(data.type.pointee)
        cgutils.raw_memmove(builder, builder.gep(data, [args[2]]), builder.gep(data, [args[1]]), args[3], size)
        return target_context.get_dummy_value()

    return types.void(column, types.intp, types.intp, types.intp), generate
