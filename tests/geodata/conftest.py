from tests.geodata.tests_bureau import bureau

__all__ = ["bureau"]
