"""What can happen to an account, and who is to hear of it. Nobody becomes somebody unseen."""

from enum import StrEnum


class AccountAct(StrEnum):
    """One kind of line in the record of accounts. Its code is stored, so it never changes."""

    # getting in
    SIGNED_IN = "signed_in"
    NEW_PLACE = "new_place"  # from where this person has not signed in for long, or never
    REFUSED = "refused"  # a wrong password, for somebody who is known
    WRONG_CODE = "wrong_code"  # after the right password
    MANY_WRONG_CODES = "many_wrong_codes"  # so many that somebody else may know the password
    RECOVERY_CODE_USED = "recovery_code_used"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"

    # what lets them in
    INVITED = "invited"
    LINK_SHOWN = "link_shown"  # an administrator saw a link that lets somebody in as this person
    ACCEPTED = "accepted"
    SIGN_IN_CHANGED = "sign_in_changed"  # a new password
    CODES_RENEWED = "codes_renewed"

    # who they are
    ADDED = "added"
    NAME_CHANGED = "name_changed"
    ROLE_CHANGED = "role_changed"
    PLACES_CHANGED = "places_changed"
    ADDRESS_CHANGED = "address_changed"
    CLOSED = "closed"
    REOPENED = "reopened"
    LAST_RESORT_CHANGED = "last_resort_changed"
    AWAY = "away"  # and who stands in, who thereby sees their cases
    BACK = "back"
    DUTY_ADDED = "duty_added"
    DUTY_REMOVED = "duty_removed"

    # shared screens
    KIOSK_MADE = "kiosk_made"
    KIOSK_CLOSED = "kiosk_closed"
    SCREEN_LENT = "screen_lent"
    SCREEN_RETURNED = "screen_returned"

    # this record itself
    LOOKED = "looked"


# Whom a mail goes to. The person hears at the address of that moment and, where it was changed, at
# both; the others are those who look after the area (``services.casework.people.account_mail``).
_BOTH = frozenset(
    {
        AccountAct.LINK_SHOWN,
        AccountAct.ACCEPTED,
        AccountAct.NAME_CHANGED,
        AccountAct.ROLE_CHANGED,
        AccountAct.PLACES_CHANGED,
        AccountAct.ADDRESS_CHANGED,
        AccountAct.SIGN_IN_CHANGED,
        AccountAct.CODES_RENEWED,
        AccountAct.RECOVERY_CODE_USED,
        AccountAct.MANY_WRONG_CODES,
        AccountAct.CLOSED,
        AccountAct.REOPENED,
        AccountAct.LAST_RESORT_CHANGED,
        AccountAct.AWAY,
        AccountAct.BACK,
        AccountAct.DUTY_ADDED,
        AccountAct.DUTY_REMOVED,
    }
)
TELLS_PERSON = _BOTH | {AccountAct.NEW_PLACE}
TELLS_OTHERS = _BOTH | {
    AccountAct.ADDED,
    AccountAct.INVITED,  # the person gets the invitation itself
}
MANY_CODES = 4  # wrong ones in a row, after the right password: it may be known to another
