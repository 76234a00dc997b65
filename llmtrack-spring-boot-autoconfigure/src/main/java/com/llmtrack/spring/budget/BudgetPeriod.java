// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;

/**
 * How long the limit of a budget is for, in the budget's time zone. Each time is in one
 * period, also where clocks change.
 */
public enum BudgetPeriod {

	/** An hour of the clock. One that clocks repeat is another one. */
	HOUR {

		@Override
		Interval containing(Instant time, ZoneId zone) {
			// By the present offset, as hours of the clock may be missing
			ZonedDateTime now = time.atZone(zone);
			Instant start = now.toOffsetDateTime().truncatedTo(ChronoUnit.HOURS).toInstant();
			Instant end = start.plus(1, ChronoUnit.HOURS);
			ZoneOffsetTransition before = zone.getRules().previousTransition(time.plusNanos(1));
			ZoneOffsetTransition after = zone.getRules().nextTransition(time);
			if (before != null && before.getInstant().isAfter(start)) {
				start = before.getInstant();
			}
			if (after != null && after.getInstant().isBefore(end)) {
				end = after.getInstant();
			}
			return new Interval(start.atZone(zone), end.atZone(zone));
		}

	},

	/** A day, mostly of 23 to 25 hours. */
	DAY {

		@Override
		Interval containing(Instant time, ZoneId zone) {
			LocalDate day = time.atZone(zone).toLocalDate();
			return interval(day, day.plusDays(1), time, zone);
		}

	},

	/** A week from Monday to Sunday. */
	WEEK {

		@Override
		Interval containing(Instant time, ZoneId zone) {
			LocalDate monday = time.atZone(zone).toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
			return interval(monday, monday.plusWeeks(1), time, zone);
		}

	},

	/** A month of the calendar. */
	MONTH {

		@Override
		Interval containing(Instant time, ZoneId zone) {
			LocalDate first = time.atZone(zone).toLocalDate().withDayOfMonth(1);
			return interval(first, first.plusMonths(1), time, zone);
		}

	};

	/**
	 * Return the period that a time is in.
	 */
	abstract Interval containing(Instant time, ZoneId zone);

	/**
	 * Where clocks are set back to the day before, its last minutes belong to the day
	 * that has begun already.
	 */
	Interval interval(LocalDate start, LocalDate end, Instant time, ZoneId zone) {
		Interval interval = new Interval(start.atStartOfDay(zone), end.atStartOfDay(zone));
		return interval.end().toInstant().isAfter(time) ? interval
				: containing(end.atTime(12, 0).atZone(zone).toInstant(), zone);
	}

	/**
	 * One period.
	 *
	 * @param start its begin, which is a part of it
	 * @param end its end, which is not
	 */
	record Interval(ZonedDateTime start, ZonedDateTime end) {
	}

}
