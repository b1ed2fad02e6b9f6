"""`flask banks template`: the workbook to fill in with questions, as the import page gives it."""

from pathlib import Path

import click

TEMPLATE = Path(__file__).parents[1] / "static" / "files" / "mau-cau-hoi.xlsx"


@click.command()
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
def template(out: Path) -> None:
    """Write the workbook to fill in with questions: drop-downs, examples, instructions."""
    try:
        out.write_bytes(TEMPLATE.read_bytes())
    except OSError as error:
        raise click.ClickException(f"Không ghi được tệp {out} ({error.strerror}); xin chọn nơi khác.") from error
    click.echo(f"Đã ghi tệp mẫu vào {out}.")
