// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.llmtrack.spring.delivery.FakeTransport.Attempt;
import com.llmtrack.spring.delivery.spool.FileSpool;
import com.llmtrack.spring.delivery.spool.SpoolContent;
import com.llmtrack.spring.testsupport.LiveThreads;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventDispatcher} with a spool on disk.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class EventDispatcherSpoolTests {

	private static final int MAX_IN_FLIGHT = 4;

	private static final DeliveryResult KEY_REFUSED = new DeliveryResult.KeyRefused("HTTP 401");

	private final LiveThreads threads = LiveThreads.named("llmtrack-delivery"::equals);

	private final AtomicLong spoolTime = new AtomicLong();

	private final List<Application> applications = new ArrayList<>();

	@TempDir
	Path temporary;

	@AfterEach
	void nothingIsLost() {
		this.applications.forEach((application) -> {
			application.awaitBalance();
			application.end();
			application.awaitBalance();
		});
		this.threads.awaitEnd();
	}

	@Test
	void eventsThatCannotBeSentByThisApplicationStayOnDisk() {
		FakeTransport transport = FakeTransport.manual();
		Application application = start(transport);
		application.record(10);
		application.awaitSpooled(10);
		transport.awaitAttempt(1).complete(new DeliveryResult.Impossible("class a.B is missing"));
		this.threads.awaitEnd();
		Waiting.awhile().untilAsserted(() -> assertThat(this.threads.started()).isEmpty());
		assertThat(content().events()).hasSize(10);
	}

	@Test
	void eventIsOnDiskWhileItIsUnderWay() {
		FakeTransport transport = FakeTransport.manual();
		Application application = start(transport);
		application.record(10);
		Attempt attempt = transport.awaitAttempt(1);
		application.awaitSpooled(10);
		assertThat(content().keys()).hasSize(10).contains(attempt.idempotencyKey());
		transport.recover();
		application.awaitDelivered(10);
		assertThat(content().events()).isEmpty();
		application.end();
		assertThat(content().files()).isEmpty();
	}

	@Test
	void whatIsLeftIsDeliveredAfterTheRestartUnderTheSameKeys(CapturedOutput output) {
		FakeTransport before = FakeTransport.manual();
		Application application = start(before);
		application.record(20);
		before.awaitAttempts(MAX_IN_FLIGHT);
		application.end();
		Set<String> keys = content().keys();
		assertThat(keys).hasSize(20).containsAll(before.attempts().stream().map(Attempt::idempotencyKey).toList());
		assertThat(application.statistics().getDropped(DropReason.SHUTDOWN)).isZero();
		assertThat(application.dispatcher.getPending()).isEqualTo(20);
		assertThat(output).containsOnlyOnce("20 events wait in the spool").doesNotContain("lost");
		FakeTransport after = FakeTransport.returning(FakeTransport.ACCEPTED);
		Application next = start(after);
		next.awaitDelivered(20);
		assertThat(after.acceptedKeys()).isEqualTo(keys);
		assertThat(next.statistics().getAdopted()).isEqualTo(20);
		assertThat(next.statistics().getRecorded()).isZero();
		next.end();
		assertThat(content().files()).isEmpty();
		assertThat(output).containsOnlyOnce("wait in the spool");
	}

	@Test
	void whatIsRecordedAtOrAfterTheEndIsDeliveredAfterTheRestart(CapturedOutput output) {
		Application application = start(FakeTransport.returning(FakeTransport.ACCEPTED));
		HeldRecording recording = HeldRecording.begin(application.dispatcher);
		application.end();
		recording.end();
		application.record("late");
		application.awaitSpooled(2);
		this.threads.awaitEnd();
		assertThat(content().events()).hasSize(2);
		assertThat(application.statistics().getDropped(DropReason.SHUTDOWN)).isZero();
		assertThat(output).doesNotContain("lost");
		start(FakeTransport.returning(FakeTransport.ACCEPTED)).awaitDelivered(2);
	}

	@Test
	void whatIsRecordedAfterTheEndIsSaidToBeLostIfTheSpoolIsFull(CapturedOutput output) {
		FakeSpool spool = new FakeSpool();
		spool.room = 0;
		Application application = create(FakeTransport.returning(FakeTransport.ACCEPTED),
				settings(10_000, Duration.ZERO), spool);
		application.end();
		application.record("late");
		Waiting.await()
			.untilAsserted(() -> assertThat(application.statistics().getDropped(DropReason.SHUTDOWN)).isOne());
		this.threads.awaitEnd();
		assertThat(output).containsOnlyOnce("their events are lost (1 events");
	}

	@Test
	void whatIsOlderIsDeliveredFirst() {
		Application application = start(FakeTransport.returning(KEY_REFUSED));
		for (int i = 0; i < 30; i++) {
			application.record("old-" + i);
			long millis = System.currentTimeMillis();
			Waiting.await().until(() -> System.currentTimeMillis() > millis);
		}
		application.end();
		FakeTransport transport = FakeTransport.returning(FakeTransport.ACCEPTED);
		Application next = create(transport, settings(10_000, Duration.ZERO), spool());
		IntStream.range(0, 5).forEach((i) -> next.record("new-" + i));
		next.dispatcher.start();
		next.awaitDelivered(35);
		assertThat(transport.attempts()).extracting(Attempt::model)
			.startsWith(IntStream.range(0, 30).mapToObj((i) -> "old-" + i).toArray(String[]::new))
			.endsWith(IntStream.range(0, 5).mapToObj((i) -> "new-" + i).toArray(String[]::new));
	}

	@Test
	void outageLargerThanTheQueueGoesToDisk() {
		FakeTransport transport = FakeTransport.returning(KEY_REFUSED);
		Application application = start(transport, settings(50, Duration.ZERO), spool());
		for (int i = 0; i < 1_500; i += 50) {
			IntStream.range(i, i + 50).forEach((number) -> application.record("model-" + number));
			application.awaitSpooled(i + 50);
		}
		assertThat(content().events()).hasSize(1_500);
		application.end();
		FakeTransport after = FakeTransport.returning(FakeTransport.ACCEPTED);
		Application next = start(after, settings(50, Duration.ZERO), spool());
		next.awaitDelivered(1_500);
		assertThat(after.attempts()).extracting(Attempt::model).doesNotHaveDuplicates().hasSize(1_500);
	}

	@Test
	void whatExceedsTheSpoolAndTheQueueIsCounted(CapturedOutput output) {
		FakeTransport transport = FakeTransport.returning(KEY_REFUSED);
		Application application = start(transport, settings(50, Duration.ZERO),
				content().spool(100, 1_000_000, this.spoolTime::get));
		application.record(50);
		application.awaitSpooled(50);
		application.record(50);
		application.awaitSpooled(100);
		application.record(70);
		assertThat(application.dispatcher.getPending()).isEqualTo(150);
		assertThat(application.statistics().getDropped(DropReason.QUEUE_FULL)).isEqualTo(20);
		Waiting.await().until(() -> output.toString().contains("is full with 100 events"));
		application.end();
		assertThat(application.statistics().getDropped(DropReason.SHUTDOWN)).isEqualTo(50);
		assertThat(content().events()).hasSize(100);
		assertThat(output).containsOnlyOnce("is full with 100 events")
			.containsOnlyOnce("50 events were not delivered")
			.containsOnlyOnce("100 events wait in the spool");
	}

	@Test
	void spoolThatFailsCostsNoEventWhileTheApplicationLives(CapturedOutput output) throws IOException {
		Files.createFile(directory());
		FakeTransport transport = FakeTransport.manual();
		Application application = start(transport);
		application.record(20);
		transport.awaitAttempts(MAX_IN_FLIGHT);
		assertThat(application.dispatcher.getSpooled()).isZero();
		assertThat(application.dispatcher.getPending()).isEqualTo(20);
		transport.recover();
		application.awaitDelivered(20);
		assertThat(output).containsOnlyOnce("can't be used");
		assertThat(directory()).isRegularFile();
	}

	@Test
	void spoolThatRecoversTakesWhatIsInMemory(CapturedOutput output) throws IOException {
		Files.createFile(directory());
		FakeTransport transport = FakeTransport.returning(KEY_REFUSED);
		Application application = start(transport);
		application.record(20);
		Waiting.await().until(() -> application.dispatcher.getState() == DeliveryState.KEY_REFUSED);
		assertThat(application.dispatcher.getSpooled()).isZero();
		Files.delete(directory());
		this.spoolTime.addAndGet(Duration.ofSeconds(10).toNanos());
		application.record(1);
		application.awaitSpooled(1);
		assertThat(content().events()).hasSize(1);
		application.end();
		assertThat(content().events()).hasSize(21);
		assertThat(application.dispatcher.getSpooled()).isEqualTo(21);
		assertThat(output).containsOnlyOnce("can't be used")
			.containsOnlyOnce("is used again")
			.containsOnlyOnce("21 events wait in the spool");
	}

	@Test
	void directoryThatIsRemovedWhileItIsUsedCostsNoEventInMemory(CapturedOutput output) {
		FakeTransport transport = FakeTransport.manual();
		Application application = start(transport);
		application.record(20);
		application.awaitSpooled(20);
		Waiting.await().ignoreExceptions().until(() -> FileSystemUtils.deleteRecursively(directory()));
		application.record(5);
		transport.recover();
		application.awaitDelivered(25);
		assertThat(output).containsOnlyOnce("can't be used");
	}

	@Test
	void whatIsRecordedBetweenStopAndDestroyIsStored(CapturedOutput output) {
		FakeTransport transport = FakeTransport.manual();
		Application application = start(transport);
		application.dispatcher.stop();
		this.threads.awaitEnd();
		application.record(7);
		assertThat(application.dispatcher.getSpooled()).isZero();
		application.end();
		assertThat(content().events()).hasSize(7);
		assertThat(transport.attempts()).isEmpty();
		assertThat(output).containsOnlyOnce("7 events wait in the spool").doesNotContain("lost");
	}

	@Test
	void stoppedAndStartedApplicationGoesOn() {
		FakeTransport transport = FakeTransport.manual();
		Application application = start(transport);
		application.record(10);
		transport.awaitAttempts(MAX_IN_FLIGHT);
		application.dispatcher.stop();
		this.threads.awaitEnd();
		assertThat(content().events()).hasSize(10);
		application.record(5);
		application.dispatcher.start();
		transport.recover();
		application.awaitDelivered(15);
		assertThat(transport.attempts()).extracting(Attempt::idempotencyKey).doesNotHaveDuplicates().hasSize(15);
		assertThat(application.statistics().getAdopted()).isZero();
		assertThat(content().events()).isEmpty();
	}

	@Test
	void leftoversAreReportedOnce(CapturedOutput output) {
		Application application = start(FakeTransport.manual());
		application.record(3);
		application.awaitSpooled(3);
		application.dispatcher.stop();
		application.dispatcher.destroy();
		application.dispatcher.destroy();
		assertThat(output).containsOnlyOnce("3 events wait in the spool");
	}

	@Test
	void resultThatArrivesAfterTheEndTouchesNoFileAnyMore() {
		FakeTransport transport = FakeTransport.manual();
		Application application = start(transport);
		application.record(1);
		transport.awaitAttempt(1);
		application.end();
		FileSpool other = spool();
		assertThat(other.upkeep().adopted()).hasSize(1);
		transport.recover();
		assertThat(content().events()).hasSize(1);
		other.close();
		assertThat(application.dispatcher.getPending()).isOne();
	}

	@Test
	void spoolThatIsOpenedByTheStartTakesWhatCameBefore() {
		FakeSpool spool = new FakeSpool() {

			@Override
			public SpoolUpkeep upkeep() {
				return this.open ? super.upkeep() : SpoolUpkeep.NONE;
			}

			@Override
			public List<SpooledEvent> store(List<UnspooledEvent> events) {
				return this.open ? super.store(events) : List.of();
			}

		};
		spool.leave(AbstractEventDispatcherTests.event("left"));
		FakeTransport transport = FakeTransport.manual();
		Application application = create(transport, settings(1_000, Duration.ZERO), spool);
		application.record(10);
		transport.awaitAttempts(MAX_IN_FLIGHT);
		Waiting.awhile().until(() -> application.dispatcher.getSpooled() == 0);
		application.dispatcher.start();
		application.awaitSpooled(11);
		assertThat(application.statistics().getAdopted()).isOne();
		transport.recover();
		application.awaitDelivered(11);
	}

	@Test
	void poisonedFileIsCountedAndHoldsUpNobody(CapturedOutput output) throws IOException {
		Application application = start(FakeTransport.returning(KEY_REFUSED));
		application.record(10);
		application.end();
		List<Path> events = content().events();
		Files.writeString(events.get(0), "{\"provider\":");
		FakeTransport transport = FakeTransport.returning(FakeTransport.ACCEPTED);
		Application next = start(transport);
		next.awaitDelivered(9);
		Waiting.await().until(() -> next.dispatcher.getPending() == 0);
		assertThat(next.statistics().getDropped(DropReason.UNREADABLE)).isOne();
		assertThat(output).containsOnlyOnce("is damaged or gone");
	}

	@Test
	void twoApplicationsNeverSendTheSameEvent() {
		Application left = start(FakeTransport.returning(KEY_REFUSED));
		left.record(50);
		left.end();
		FakeTransport transport = FakeTransport.returning(FakeTransport.ACCEPTED);
		Application first = start(transport);
		Application second = start(transport);
		for (int i = 0; i < 50; i++) {
			first.record("first-" + i);
			second.record("second-" + i);
		}
		Waiting.await().until(() -> transport.acceptances() >= 150);
		first.end();
		second.end();
		assertThat(transport.attempts().stream().map(Attempt::idempotencyKey).collect(Collectors.toSet())).hasSize(150)
			.hasSameSizeAs(transport.attempts());
		assertThat(content().files()).isEmpty();
	}

	private Path directory() {
		return this.temporary.resolve("spool");
	}

	private SpoolContent content() {
		return new SpoolContent(directory());
	}

	private FileSpool spool() {
		return content().spool(10_000, 10_000_000, this.spoolTime::get);
	}

	private static DeliverySettings settings(int queueCapacity, Duration shutdownTimeout) {
		return new DeliverySettings(queueCapacity, MAX_IN_FLIGHT, shutdownTimeout);
	}

	private Application start(FakeTransport transport) {
		return start(transport, settings(1_000, Duration.ZERO), spool());
	}

	private Application start(FakeTransport transport, DeliverySettings settings, FileSpool spool) {
		Application application = create(transport, settings, spool);
		application.dispatcher.start();
		return application;
	}

	private Application create(FakeTransport transport, DeliverySettings settings, EventSpool spool) {
		Application application = new Application(new EventDispatcher(settings, transport, spool));
		this.applications.add(application);
		return application;
	}

	/**
	 * What there is of an application here.
	 */
	private record Application(EventDispatcher dispatcher) {

		DeliveryStatistics statistics() {
			return this.dispatcher.getStatistics();
		}

		void record(int events) {
			AbstractEventDispatcherTests.record(this.dispatcher, events);
		}

		void record(String model) {
			this.dispatcher.record(AbstractEventDispatcherTests.event(model));
		}

		void awaitDelivered(long events) {
			AbstractEventDispatcherTests.awaitDelivered(this.dispatcher, events);
			Waiting.await().until(() -> this.dispatcher.getSpooled() == 0);
		}

		void awaitSpooled(int events) {
			Waiting.await().untilAsserted(() -> assertThat(this.dispatcher.getSpooled()).isEqualTo(events));
		}

		void end() {
			this.dispatcher.stop();
			this.dispatcher.destroy();
		}

		void awaitBalance() {
			DeliveryStatistics statistics = statistics();
			Waiting.await()
				.untilAsserted(() -> assertThat(statistics.getDelivered() + dropped() + this.dispatcher.getPending())
					.isEqualTo(statistics.getRecorded() + statistics.getAdopted()));
		}

		private long dropped() {
			return Arrays.stream(DropReason.values()).mapToLong(statistics()::getDropped).sum();
		}

	}

}
