"""Engines that compute from definitions; they know no noun of the business."""
