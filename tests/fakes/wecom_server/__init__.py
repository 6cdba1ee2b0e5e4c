"""The parts of the fake WeCom; users import tests.fakes.wecom."""
