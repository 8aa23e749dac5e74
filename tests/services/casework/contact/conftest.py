"""A case of which something is asked for behind the secret words, and who decides about it."""

import pytest
from sqlalchemy.orm import Session

from tests.services.casework.contact.request_desk import Desk, a_desk


@pytest.fixture
def desk(db: Session) -> Desk:
    return a_desk(db)
