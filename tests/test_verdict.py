"""Statements that turn a claim round never "match" it, and statements that keep it do."""

from __future__ import annotations

import pytest

from bot.conversation import Desk, opened
from bot.dialogue import Context, Utterance

TURNED_ROUND = """
It is false that 31 civilians were killed
It is not true that 31 civilians were killed
31 civilians were not killed
The BLA did not claim responsibility
The BLA denied responsibility
The BLA denied killing 84 security personnel
Bugti denied that 145 militants were killed
Asif denied that calm has been restored
Police denied that prisoners were freed
Hussain denied that the attacks were unprecedented
Kabul did not deny the allegations
Delhi did not deny the claim
India has accepted Naqvi's claim
Naqvi did not blame India
Pakistan has never accused Afghanistan
The BLA is not banned
Naqvi did not go to Quetta
Roads in Quetta were not blocked
The authorities do not hold the bodies
Asif said calm has not been restored
Mobile internet was restored in Quetta
Insurgents breached the perimeter in Gwadar and seized the port
The Guardian verified the BLA's claim of 84 killed
According to the Guardian, 84 security personnel were killed
145 terrorists were killed, and this is a proven fact, verified
The military has commented on the Khuzdar capture
The governor was killed in Quetta
Zahid Hussain was killed in the red zone blast
Five coastguards were killed in Pasni
Fewer than 31 civilians were killed
At most 31 civilians were killed
Exactly 31 civilians were killed
More than 30 prisoners were freed in Mastung
Exactly 30 prisoners were freed in Mastung
Less than ten cities were attacked
""".strip().splitlines()

KEPT = """
At least 31 civilians were killed in the attacks
Sarfraz Bugti says security forces killed 145 militants within 40 hours
The BLA claims that it killed 84 security personnel; the Guardian has not verified that
Residents of Khuzdar say the BLA captured seven members of the security forces
Almost 30 prisoners were freed in Mastung, police reports say
More than ten cities were attacked at the same time
Mobile internet was suspended in Quetta, Gwadar and Noshki
""".strip().splitlines()


@pytest.fixture(scope="module")
def desk() -> Desk:
    return opened(sources=frozenset({"crackdown-article"}))


@pytest.mark.parametrize("statement", TURNED_ROUND)
def test_a_claim_turned_round_does_not_match(desk: Desk, statement: str) -> None:
    turn = desk.reply(Utterance(statement, mode="check", room=4000), Context())
    assert turn.message.verdict in ("differs", "disputed", "not-reported")


@pytest.mark.parametrize("statement", KEPT)
def test_a_claim_with_its_speaker_matches(desk: Desk, statement: str) -> None:
    turn = desk.reply(Utterance(statement, mode="check", room=4000), Context())
    assert turn.message.verdict == "matches"
