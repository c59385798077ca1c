"""How our templates become Python: as Jinja2 does it, with three shortcuts for what a page does thousands of times.

A value that is a plain text or already safe is written without a detour, a fixed text is looked up by the reader's
language alone, and a macro or plain function is called without asking first what it wants to be given.
"""

from functools import _lru_cache_wrapper
from types import FunctionType
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape
from markupsafe._speedups import _escape_inner

TEXT = "_"
PLAIN = (FunctionType, _lru_cache_wrapper)


def shown(value: Any) -> str:
    """A value as it stands in a page: escaped, unless it says that it is safe."""
    kind = type(value)
    if kind is Markup:
        return value
    return _escape_inner(value) if kind is str else escape(value)


class Generator(CodeGenerator):
    """Writes `environment.shown(x)` for an output and `environment.said("...")` for a fixed text."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 Jinja's name
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and _is_fixed_text(node):
            self.write(f"environment.said({node.args[0].value!r})")
        else:
            super().visit_Call(node, frame, forward_caller=forward_caller)


def _is_fixed_text(node: nodes.Call) -> bool:
    alone = len(node.args) == 1 and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    called = isinstance(node.node, nodes.Name) and node.node.name == TEXT
    return alone and called and isinstance(node.args[0], nodes.Const)


class QuickContext(Context):
    """Calls macros and plain functions at once; Jinja's own way asks four times what the called one is."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        kind = type(called)
        if kind is Macro:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return called(self.eval_ctx, *args, **kwargs)
        if kind in PLAIN and not hasattr(called, "jinja_pass_arg"):
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return called(*args, **kwargs)
        return super().call(called, *args, **kwargs)
