"""The shape of the command: `rewrite FILE` and `rewrite COMMAND`, with one help for both."""

from __future__ import annotations

from typing import Any

import click
from click.shell_completion import CompletionItem
from click_default_group import DefaultGroup  # type: ignore[import-untyped]  # it ships no types

from rewriter.cli.messages import VERBOSE, say, told


class OfflineCommand(click.Command):
    """A command that works with the network out of its reach, unless it has an option `--cluster` that is given."""

    def invoke(self, ctx: click.Context) -> Any:
        """Close the network, and run. Where the kernel cannot, go on: `--verbose` tells, and `rewrite doctor`."""
        from rewriter.offline import deny_network

        reason = "" if ctx.params.get("cluster") else deny_network()
        if reason and ctx.meta.get(VERBOSE):
            say(f"rewrite: the network stays open: {reason}")
        return super().invoke(ctx)


class RewriteGroup(DefaultGroup):  # type: ignore[misc]  # DefaultGroup has no types
    """`rewrite FILE` and `rewrite COMMAND`, with one help for both."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show both ways to call it."""
        formatter.write_usage(ctx.command_path, "[OPTIONS] FILE")
        formatter.write_usage(ctx.command_path, "COMMAND [OPTIONS] FILE", prefix="       ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the options of `rewrite FILE`, then the commands."""
        main = self.commands[self.default_cmd_name]
        main.format_options(_MainContext(main, parent=ctx), formatter)
        self.format_commands(ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[Any]]:
        """Complete what may follow `rewrite`: an option of `rewrite FILE`, else a command or a file."""
        main = self.commands[self.default_cmd_name]
        within = _MainContext(main, parent=ctx)
        if incomplete.startswith("-"):
            options: list[CompletionItem[Any]] = main.shell_complete(within, incomplete)
            return options
        found: list[CompletionItem[Any]] = super().shell_complete(ctx, incomplete)
        return [item for item in found if item.value != self.default_cmd_name] + [
            CompletionItem(incomplete, type="file")
        ]

    def invoke(self, ctx: click.Context) -> Any:
        """Run, and tell what goes wrong."""
        with told(ctx):
            return super().invoke(ctx)


class _MainContext(click.Context):
    """The context of `rewrite FILE`, whose name nobody has to type."""

    @property
    def command_path(self) -> str:
        return self.parent.command_path if self.parent else super().command_path


class MainCommand(OfflineCommand):
    """`rewrite FILE`."""

    context_class = _MainContext

    def get_help(self, ctx: click.Context) -> str:
        """Show the help of the whole command."""
        return ctx.parent.get_help() if ctx.parent else super().get_help(ctx)
