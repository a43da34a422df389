"""A short fingerprint of a report's content: on the receipt, and checked against what lies in the database."""

import json
from hashlib import sha256

from reporting.forms import Form
from reporting.questions.question_types import type_of
from reporting.reports import Report

LENGTH = 8


def fingerprint(form: Form, report: Report) -> str:
    """«1F0C-92AB»: of the number, the second in which it came, and every answer; the same on every machine."""
    answers = {
        name: [None if each.value is None else type_of(form.by_name[name]).to_json(each.value), each.state]
        for name, each in report.answers.items()
    }
    content = [report.number, int(report.sent_at.timestamp()), answers]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    digits = sha256(text.encode()).hexdigest()[:LENGTH].upper()
    return f"{digits[:4]}-{digits[4:]}"


def same(written: str, right: str) -> bool:
    """Whether what somebody typed is the fingerprint, whatever marks and cases he used."""
    return "".join(filter(str.isalnum, written)).upper() == right.replace("-", "")
