import unittest

from app import price


class PriceTest(unittest.TestCase):
    def test_few_cost_three_each(self):
        self.assertEqual(price(9), 27)

    def test_from_ten_on_two_each(self):
        self.assertEqual(price(10), 20)
