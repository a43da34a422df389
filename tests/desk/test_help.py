"""Every command says what it is for, and how, by an example that it would take."""

import argparse
import shlex

import pytest

from bot.cli.arguments.parser import parser
from bot.cli.examples import EXAMPLES, commands_of

COMMANDS = dict(commands_of(parser()))


@pytest.mark.parametrize("words", COMMANDS)
def test_the_help_of_every_command_ends_with_an_example_that_it_takes(words: str) -> None:
    example = EXAMPLES[words]
    assert COMMANDS[words].format_help().split("example: ")[1].split() == example.split()
    program, *arguments = shlex.split(example)
    assert program == "giaoban"
    chosen = parser().parse_args(arguments)
    assert chosen.does == COMMANDS[words].get_default("does")


def test_there_is_no_example_of_a_command_that_is_gone() -> None:
    assert set(EXAMPLES) == set(COMMANDS)


@pytest.mark.parametrize("words", COMMANDS)
def test_every_option_of_a_command_is_named_in_its_help(words: str) -> None:
    command: argparse.ArgumentParser = COMMANDS[words]
    assert command.description
    assert f"giaoban {words}" in command.format_usage()
