"""Validates PDF files against PDF/UA-1 and PDF/A-3a with a validator that shares no code with the writer.

    python3 .ci/validate.py output/*/*.pdf

Prints a line for each file; exits 1 when one does not conform, or when there is none. Needs the package `page-validation`.
"""

import sys

import page


def main(paths: list[str]) -> int:
    bad = 0
    for path in paths:
        for profile in ("ua1", "3a"):
            report = page.validate_pdf(path, profile=profile)
            if not report.is_compliant:
                bad += 1
                for failure in report.failures[:5]:
                    print(f"{path} {profile}: {failure.rule_id} {failure.message}")
    print(f"{len(paths)} files, {2 * len(paths) - bad} of {2 * len(paths)} validations passed")
    return 0 if paths and not bad else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
