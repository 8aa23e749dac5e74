"""Make this screen a kiosk, close one from afar, or hand this screen to a child."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kids_feedback.domain.child.shared_devices import DeviceKind
from kids_feedback.domain.people import Role
from kids_feedback.services.organisation import shared_devices as service
from kids_feedback.web.kit import context, csrf, guard, shared_device
from kids_feedback.web.kit.forms import shown_again
from kids_feedback.web.shared_devices.forms import KioskForm, OfficeForm

devices = Blueprint("devices", __name__, url_prefix="/staff")

_SETS_UP = (Role.LOCAL_MANAGER, Role.HEAD_OF_PRACTICE, Role.ADMINISTRATOR)
_MEETS_CHILDREN = (Role.LOCAL_MANAGER, Role.HEAD_OF_PRACTICE)


@devices.get("/devices", endpoint="devices")
@guard.only(*_SETS_UP)
def show_devices() -> ResponseReturnValue:
    """List the kiosks of one's own offices."""
    return _page(_kiosk_form())


@devices.post("/devices")
@guard.only(*_SETS_UP)
@guard.keeps_words
def make_kiosk() -> ResponseReturnValue:
    """Make this very screen a kiosk: whoever is signed in on it is signed out."""
    form = _kiosk_form()
    if not form.validate():
        return shown_again(form, lambda: _page(form))
    with context.transaction() as db:
        token = service.register(
            db,
            guard.person(),
            office=form.chosen,
            name=form.name.data,
            now=context.now(),
            token=csrf.drawn_from_form("kiosk"),
        )
    current_app.logger.info("kiosk made by %s", guard.person().id)
    answer = shared_device.forget_visit(redirect(url_for("child.kiosk"), code=303))
    shared_device.become(answer, token, DeviceKind.KIOSK)
    return answer


@devices.post("/devices/<device_id>/close")
@guard.only(*_SETS_UP)
def close_kiosk(device_id: str) -> ResponseReturnValue:
    with context.transaction() as db:
        service.close(db, guard.person(), device_id, now=context.now())
    flash(_("Closed. From its next page on, this device is no longer a kiosk."))
    return redirect(url_for("devices.devices"), code=303)


@devices.get("/lend")
@guard.only(*_MEETS_CHILDREN)
def lend() -> ResponseReturnValue:
    """Say what happens when this screen is handed to a child."""
    return render_template("shared_devices/lend.html", form=_office_form())


@devices.post("/lend")
@guard.only(*_MEETS_CHILDREN)
def lend_device() -> ResponseReturnValue:
    """Hand this screen to a child: nobody is signed in on it any longer."""
    form = _office_form()
    if not form.validate():
        return shown_again(form, lambda: render_template("shared_devices/lend.html", form=form))
    with context.transaction() as db:
        token = service.hand_over(
            db,
            guard.person(),
            office=form.chosen,
            now=context.now(),
            token=csrf.drawn_from_form("lent"),
        )
    answer = shared_device.forget_visit(redirect(url_for("child.first", number=3), code=303))
    shared_device.become(answer, token, DeviceKind.LENT)
    return answer


def _office_form() -> OfficeForm:
    with context.reading() as db:
        return OfficeForm(service.offices(db, guard.person()))


def _kiosk_form() -> KioskForm:
    with context.reading() as db:
        return KioskForm(service.offices(db, guard.person()))


def _page(form: KioskForm) -> str:
    with context.reading() as db:
        found = service.kiosks(db, guard.person())
    here = shared_device.current()
    return render_template("shared_devices/devices.html", form=form, kiosks=found, here=here)
