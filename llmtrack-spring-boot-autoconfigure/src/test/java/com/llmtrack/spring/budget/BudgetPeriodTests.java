// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import com.llmtrack.spring.budget.BudgetPeriod.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Tests for {@link BudgetPeriod}.
 */
class BudgetPeriodTests {

	@ParameterizedTest
	@CsvSource({ "HOUR, 2026-12-01T15:59:59Z, UTC, 2026-12-01T15:00Z, 2026-12-01T16:00Z",
			"DAY, 2026-12-01T00:00:00Z, UTC, 2026-12-01T00:00Z, 2026-12-02T00:00Z",
			"DAY, 2026-12-01T23:30:00Z, Asia/Tokyo, 2026-12-01T15:00Z, 2026-12-02T15:00Z",
			"WEEK, 2026-11-30T00:00:00Z, UTC, 2026-11-30T00:00Z, 2026-12-07T00:00Z",
			"WEEK, 2026-11-29T23:59:59Z, UTC, 2026-11-23T00:00Z, 2026-11-30T00:00Z",
			"MONTH, 2026-12-31T23:30:00Z, Europe/Berlin, 2026-12-31T23:00Z, 2027-01-31T23:00Z",
			"MONTH, 2028-02-29T12:00:00Z, UTC, 2028-02-01T00:00Z, 2028-03-01T00:00Z" })
	void periodContainsTime(BudgetPeriod period, Instant time, ZoneId zone, String start, String end) {
		Interval interval = period.containing(time, zone);
		assertThat(interval.start()).isEqualTo(ZonedDateTime.parse(start));
		assertThat(interval.end()).isEqualTo(ZonedDateTime.parse(end));
	}

	@ParameterizedTest
	@CsvSource({ "2026-03-29T12:00:00Z, Europe/Berlin, 23", "2026-10-25T12:00:00Z, Europe/Berlin, 25",
			"2026-06-01T12:00:00Z, Europe/Berlin, 24",
			// Clocks change at midnight
			"2018-11-04T12:00:00Z, America/Sao_Paulo, 23" })
	void dayHasItsHoursWhereClocksChange(Instant time, ZoneId zone, long hours) {
		assertThat(length(BudgetPeriod.DAY.containing(time, zone))).isEqualTo(Duration.ofHours(hours));
	}

	private static Duration length(Interval interval) {
		return Duration.between(interval.start(), interval.end());
	}

	@Test
	void hourThatIsRepeatedIsAnotherHour() {
		ZoneId berlin = ZoneId.of("Europe/Berlin");
		Interval summer = BudgetPeriod.HOUR.containing(Instant.parse("2026-10-25T00:30:00Z"), berlin);
		Interval winter = BudgetPeriod.HOUR.containing(Instant.parse("2026-10-25T01:30:00Z"), berlin);
		assertThat(summer.start().toLocalDateTime()).isEqualTo(winter.start().toLocalDateTime());
		assertThat(summer.end()).isEqualTo(winter.start());
		assertThat(length(winter)).isEqualTo(Duration.ofHours(1));
	}

	@Test
	void hourEndsWhereClocksChangeByHalfOfOne() {
		ZoneId lordHowe = ZoneId.of("Australia/Lord_Howe");
		Interval hour = BudgetPeriod.HOUR.containing(Instant.parse("2026-04-04T14:50:00Z"), lordHowe);
		assertThat(length(hour)).isEqualTo(Duration.ofHours(1));
		assertThat(length(BudgetPeriod.HOUR.containing(hour.end().toInstant(), lordHowe)))
			.isEqualTo(Duration.ofMinutes(30));
	}

	@Test
	void monthHasOneHourLessInSpring() {
		Interval march = BudgetPeriod.MONTH.containing(Instant.parse("2026-03-15T00:00:00Z"),
				ZoneId.of("Europe/Berlin"));
		assertThat(length(march)).isEqualTo(Duration.ofDays(31).minusHours(1));
	}

	@ParameterizedTest
	@EnumSource
	void eachTimeIsInOnePeriodInAllZones(BudgetPeriod period) {
		Random random = new Random(7);
		for (String id : ZoneId.getAvailableZoneIds()) {
			ZoneId zone = ZoneId.of(id);
			Stream<Instant> someTimes = Stream.generate(() -> Instant.ofEpochSecond(random.nextLong(2_000_000_000L)))
				.limit(20);
			Stream<Instant> changes = zone.getRules()
				.getTransitions()
				.stream()
				.flatMap((change) -> LongStream.rangeClosed(-4, 4)
					.mapToObj((i) -> change.getInstant().plus(Duration.ofMinutes(20).multipliedBy(i))));
			Stream.concat(someTimes, changes)
				.filter((time) -> time.isAfter(Instant.EPOCH))
				.forEach((time) -> assertThatTimeIsInOnePeriod(period, time, zone));
		}
	}

	private static void assertThatTimeIsInOnePeriod(BudgetPeriod period, Instant time, ZoneId zone) {
		Interval interval = period.containing(time, zone);
		Instant start = interval.start().toInstant();
		Instant end = interval.end().toInstant();
		if (start.isAfter(time) || !end.isAfter(time) || !period.containing(start, zone).equals(interval)
				|| !period.containing(end.minusMillis(1), zone).equals(interval)
				|| !period.containing(end, zone).start().equals(interval.end())) {
			fail("%s is in %s", time.atZone(zone), interval);
		}
	}

}
