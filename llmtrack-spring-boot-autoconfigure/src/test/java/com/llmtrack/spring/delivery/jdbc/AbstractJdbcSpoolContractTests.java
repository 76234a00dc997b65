// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.LoadedEvents;
import com.llmtrack.spring.delivery.SpoolUpkeep;
import com.llmtrack.spring.delivery.SpooledEvent;
import com.llmtrack.spring.delivery.UnspooledEvent;
import com.llmtrack.spring.testsupport.EventSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link JdbcSpool} does with any database.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
abstract class AbstractJdbcSpoolContractTests extends AbstractJdbcSpoolTests {

	@Test
	void eventIsStoredAsTheBodyOfItsRequest() {
		LlmUsageEvent event = LlmUsageEvent.builder()
			.provider("openai")
			.model("gpt-4o-mini \u00fc \u20ac \uD83D\uDE00")
			.build();
		UnspooledEvent unspooled = event(RECORDED_AT, event);
		SpooledEvent stored = spool().store(List.of(unspooled)).get(0);
		assertThat(stored.idempotencyKey()).isEqualTo(unspooled.idempotencyKey());
		assertThat(stored.recordedAt()).isEqualTo(RECORDED_AT);
		Map<String, Object> row = jdbc().queryForMap("SELECT EVENT_ID, RECORDED_AT FROM LLMTRACK_EVENT");
		assertThat(row.values()).containsExactly(unspooled.idempotencyKey(), RECORDED_AT.toEpochMilli());
		String body = jdbc().queryForObject("SELECT BODY FROM LLMTRACK_EVENT", String.class);
		EventSchema.validated(body);
		assertThat(body).contains("\uD83D\uDE00").doesNotContain(unspooled.idempotencyKey());
	}

	@Test
	void eventsAreLoadedAsTheyWereStored() {
		LlmUsageEvent event = LlmUsageEvent.builder()
			.model("gpt-4o-mini")
			.feature("\u20ac".repeat(200))
			.idempotencyKey("own-key")
			.build();
		List<UnspooledEvent> unspooled = Stream.concat(events(40), Stream.of(event(RECORDED_AT, event))).toList();
		JdbcSpool spool = spool();
		List<SpooledEvent> stored = spool.store(unspooled);
		assertThat(stored).hasSize(41);
		LoadedEvents loaded = spool.load(stored);
		assertThat(loaded.lost()).isEmpty();
		assertThat(loaded.events()).hasSize(41);
		assertThat(loaded.events().get(unspooled.get(40).idempotencyKey())).usingRecursiveComparison().isEqualTo(event);
	}

	@Test
	void nothingIsLeftWhenAllIsRemoved() {
		JdbcSpool spool = spool();
		List<SpooledEvent> stored = store(spool, 40);
		spool.remove(stored.subList(0, 39));
		assertThat(countRows()).isOne();
		assertThat(countInstances()).isOne();
		spool.remove(stored.subList(39, 40));
		spool.close();
		assertThat(countRows()).isZero();
		assertThat(countInstances()).isZero();
	}

	@Test
	void whatWasLeftIsAdoptedByTheNext(CapturedOutput output) {
		List<SpooledEvent> left = leave(5);
		JdbcSpool next = spool();
		assertThat(adopt(next)).isEqualTo(left);
		assertThat(output).contains("Took over 5 events from the spool that were not delivered before.");
		assertThat(adopt(next)).isEmpty();
		assertThat(next.load(left).events()).hasSize(5);
		assertThat(countInstances()).isOne();
		next.close();
		assertThat(adopt(spool())).isEqualTo(left);
	}

	@Test
	void oldestIsAdoptedFirstWhoeverLeftIt() {
		JdbcSpool one = spool();
		JdbcSpool other = spool();
		List<SpooledEvent> stored = Stream.of(3, 1, 2, 0)
			.map((age) -> ((age % 2 == 0) ? one : other).store(List.of(event(RECORDED_AT.minusSeconds(age), EVENT))))
			.flatMap(List::stream)
			.toList();
		one.close();
		other.close();
		assertThat(adopt(spool())).containsExactly(stored.get(0), stored.get(2), stored.get(1), stored.get(3));
	}

	@Test
	void eventsOfTheLivingAreNotAdopted() {
		JdbcSpool living = spool();
		store(living, 3);
		JdbcSpool spool = spool();
		adopt(spool);
		elapse(LEASE.minusSeconds(1));
		adopt(spool);
		elapse(LEASE.minusSeconds(1));
		// Whatever the instance's own clock says
		assertThat(adopt(spool)).isEmpty();
		assertThat(countInstances()).isEqualTo(2);
	}

	@Test
	void eventsOfTheDeadAreAdoptedOnceTheLivingCouldRenewTheirLease() {
		List<SpooledEvent> left = store(spool(), 3);
		expireLeases();
		JdbcSpool spool = spool();
		assertThat(adopt(spool)).isEmpty();
		elapse(LEASE.dividedBy(2));
		assertThat(adopt(spool)).isEmpty();
		elapse(LEASE.dividedBy(2).plusSeconds(1));
		assertThat(adopt(spool)).isEqualTo(left);
		assertThat(countInstances()).isOne();
	}

	@Test
	void leaseThatLapsedTogetherWithAllOthersCostsNobodyAnEvent(CapturedOutput output) {
		JdbcSpool one = spool();
		JdbcSpool other = spool();
		store(one, 3);
		store(other, 3);
		expireLeases();
		// The database was away for long
		elapse(LEASE.plusSeconds(1));
		assertThat(one.upkeep()).isEqualTo(SpoolUpkeep.NONE);
		elapse(LEASE.dividedBy(3));
		assertThat(other.upkeep()).isEqualTo(SpoolUpkeep.NONE);
		elapse(LEASE.dividedBy(3));
		assertThat(one.upkeep()).isEqualTo(SpoolUpkeep.NONE);
		assertThat(output).doesNotContain("took over", "Took over");
	}

	@Test
	void whoWasTakenForDeadCedesItsEvents(CapturedOutput output) {
		JdbcSpool frozen = spool();
		List<SpooledEvent> taken = store(frozen, 3);
		JdbcSpool other = spool();
		adopt(other);
		expireLeases();
		elapse(LEASE.minusSeconds(1));
		adopt(other);
		elapse(LEASE.dividedBy(2));
		adopt(other);
		elapse(LEASE.dividedBy(2));
		assertThat(adopt(other)).isEqualTo(taken);
		// It stores further events before it knows
		List<SpooledEvent> own = store(frozen, 2);
		assertThat(own).hasSize(2);
		assertThat(frozen.load(taken)).isEqualTo(new LoadedEvents(Map.of(), Set.of()));
		frozen.remove(taken.subList(0, 1));
		assertThat(frozen.upkeep()).isEqualTo(new SpoolUpkeep(List.of(), keys(own)));
		assertThat(output).contains("Other instances took over 2 events, because this one could not renew its lease in "
				+ "time; they deliver them.");
		assertThat(frozen.upkeep()).isEqualTo(SpoolUpkeep.NONE);
		assertThat(other.load(taken).events()).hasSize(3);
		assertThat(countRows()).isEqualTo(5);
	}

	@Test
	void renewalThatComesToTheDatabaseLateDoesNotHideThatEventsWereCeded() {
		JdbcSpool late = spool();
		List<SpooledEvent> events = store(late, 3);
		jdbc().update("DELETE FROM LLMTRACK_EVENT WHERE EVENT_ID = ?", events.get(0).idempotencyKey());
		elapse(LEASE.dividedBy(2));
		assertThat(late.upkeep()).isEqualTo(SpoolUpkeep.NONE);
		// The database still finds the lease held
		elapse(LEASE);
		assertThat(late.upkeep()).isEqualTo(new SpoolUpkeep(List.of(), keys(events.subList(1, 3))));
	}

	@Test
	void eventThatAnotherInstanceHasDeliveredIsNotLost(CapturedOutput output) {
		JdbcSpool frozen = spool();
		List<SpooledEvent> taken = store(frozen, 3);
		// By the database's clock only, as for a suspended machine
		expireLeases();
		jdbc().update("DELETE FROM LLMTRACK_EVENT");
		assertThat(frozen.load(taken)).isEqualTo(new LoadedEvents(Map.of(), Set.of()));
		assertThat(frozen.upkeep()).isEqualTo(new SpoolUpkeep(List.of(), Set.of()));
		assertThat(output).doesNotContain("it is lost");
	}

	@Test
	void eachEventHasOneOwnerWhoeverComesAndGoes() throws Exception {
		spool().upkeep();
		Set<String> left = new HashSet<>();
		for (int i = 0; i < 20; i++) {
			left.addAll(keys(leave(10)));
		}
		List<SpooledEvent> adopted = new ArrayList<>();
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Callable<List<SpooledEvent>>> adoptions = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				JdbcSpool spool = spool();
				adoptions.add(() -> adopt(spool));
			}
			for (int round = 0; round < 3; round++) {
				for (Future<List<SpooledEvent>> result : threads.invokeAll(adoptions)) {
					adopted.addAll(result.get());
				}
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(adopted).hasSize(200);
		assertThat(keys(adopted)).isEqualTo(left);
	}

	@Test
	void moreIsAdoptedThanFitsIntoOneTransaction() {
		JdbcSpool spool = spool(5_000, 10_000_000);
		for (int i = 0; i < 26; i++) {
			store(spool, 100);
		}
		spool.close();
		JdbcSpool next = spool(5_000, 10_000_000);
		List<SpooledEvent> adopted = new ArrayList<>();
		do {
			adopted.addAll(adopt(next));
		}
		while (next.upkeepInterval().isZero());
		assertThat(adopted).hasSize(2_600);
		next.remove(adopted);
		assertThat(countRows()).isZero();
	}

	@Test
	void noMoreIsAdoptedThanThereIsRoomFor() {
		leave(10);
		JdbcSpool small = spool(4, 1_000_000);
		assertThat(adopt(small)).hasSize(4);
		assertThat(adopt(small)).isEmpty();
		JdbcSpool narrow = spool(1_000, bytes(3));
		assertThat(adopt(narrow)).hasSize(3);
		JdbcSpool large = spool();
		assertThat(adopt(large)).hasSize(3);
		assertThat(countInstances()).isEqualTo(3);
	}

	@Test
	void eventsAreBounded(CapturedOutput output) {
		JdbcSpool spool = spool(10, 1_000_000);
		List<SpooledEvent> stored = store(spool, 12);
		assertThat(stored).hasSize(10);
		assertThat(output).contains("The spool in the database is full with 10 events of " + bytes(10)
				+ " bytes; further ones are kept in memory only.");
		assertThat(store(spool, 1)).isEmpty();
		spool.remove(stored.subList(0, 2));
		assertThat(store(spool, 3)).hasSize(2);
		assertThat(store(spool(1_000, bytes(5) + 1), 7)).hasSize(5);
	}

	private static long bytes(int events) {
		return events * (long) CODEC.encode(EVENT).length;
	}

	@Test
	void eventThatWasStoredByAnAttemptThatSeemedToFailIsStoredOnce() {
		JdbcSpool spool = spool();
		UnspooledEvent event = event(RECORDED_AT, EVENT);
		List<SpooledEvent> stored = spool.store(List.of(event));
		List<UnspooledEvent> again = Stream.concat(Stream.of(event), events(2)).toList();
		assertThat(spool.store(again)).hasSize(3).startsWith(stored.get(0));
		assertThat(countRows()).isEqualTo(3);
	}

	@Test
	void eventsThatAreGoneOrDamagedAreLost(CapturedOutput output) {
		JdbcSpool spool = spool();
		List<SpooledEvent> stored = store(spool, 3);
		jdbc().update("DELETE FROM LLMTRACK_EVENT WHERE EVENT_ID = ?", stored.get(0).idempotencyKey());
		jdbc().update("UPDATE LLMTRACK_EVENT SET BODY = '{' WHERE EVENT_ID = ?", stored.get(1).idempotencyKey());
		LoadedEvents loaded = spool.load(stored);
		assertThat(loaded.events()).containsOnlyKeys(stored.get(2).idempotencyKey());
		assertThat(loaded.lost()).isEqualTo(keys(stored.subList(0, 2)));
		assertThat(output).contains("The event " + stored.get(0).idempotencyKey() + " in the database is gone");
		spool.remove(stored.subList(0, 2));
		assertThat(countRows()).isOne();
	}

	@Test
	void closedSpoolTouchesNothingThatOthersMayOwn() {
		JdbcSpool spool = spool();
		List<SpooledEvent> stored = store(spool, 2);
		spool.close();
		spool.remove(stored);
		assertThat(spool.load(stored)).isEqualTo(new LoadedEvents(Map.of(), Set.of()));
		assertThat(spool.upkeep()).isEqualTo(SpoolUpkeep.NONE);
		assertThat(store(spool, 1)).as("The application closes the database").isEmpty();
		assertThat(adopt(spool())).isEqualTo(stored);
	}

	@Test
	void timeZoneOfAnInstanceDoesNotMatter() {
		TimeZone original = TimeZone.getDefault();
		try {
			TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
			JdbcSpool east = spool();
			store(east, 1);
			TimeZone.setDefault(TimeZone.getTimeZone("America/Los_Angeles"));
			JdbcSpool west = spool();
			store(west, 1);
			adopt(west);
			elapse(LEASE.minusSeconds(1));
			adopt(west);
			elapse(LEASE.minusSeconds(1));
			assertThat(adopt(west)).isEmpty();
			assertThat(adopt(east)).isEmpty();
		}
		finally {
			TimeZone.setDefault(original);
		}
	}

	@Test
	void tablesMayHaveAnotherPrefix() {
		JdbcSpoolSettings settings = new JdbcSpoolSettings("other_", SchemaInitialization.ALWAYS, LEASE, 10, 10_000);
		spool();
		store(spool(), 1);
		JdbcSpool spool = spool(settings, schema().dataSource());
		store(spool, 2);
		spool.close();
		assertThat(adopt(spool(settings, schema().dataSource()))).hasSize(2);
	}

	static Set<String> keys(List<SpooledEvent> events) {
		Set<String> keys = new HashSet<>();
		events.forEach((event) -> keys.add(event.idempotencyKey()));
		return keys;
	}

}
