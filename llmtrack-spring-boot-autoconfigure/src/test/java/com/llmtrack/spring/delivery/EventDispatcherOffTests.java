// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.util.concurrent.atomic.AtomicInteger;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an {@link EventDispatcher} that is off, from the start or because no event
 * can be sent.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class EventDispatcherOffTests extends AbstractEventDispatcherTests {

	private static final DeliveryResult IMPOSSIBLE = DeliveryResult.Impossible
		.of(new NoClassDefFoundError("com/example/Missing"));

	@Test
	void pendingEventsAreDroppedAndSaidToBeLost(CapturedOutput output) {
		FakeTransport transport = FakeTransport.manual();
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 3 * MAX_IN_FLIGHT);
		transport.awaitAttempts(MAX_IN_FLIGHT);
		transport.awaitAttempt(1).complete(IMPOSSIBLE);
		awaitState(dispatcher, DeliveryState.OFF);
		Waiting.await().until(() -> dispatcher.getPending() == 0);
		assertThat(dispatcher.getStatistics().getDropped(DropReason.OFF)).isEqualTo(3 * MAX_IN_FLIGHT);
		assertThat(dispatcher.getStatus()).satisfies((status) -> {
			assertThat(status.meaning()).isEqualTo("LLMtrack is off, because class com.example.Missing is missing");
			assertThat(status.remedy()).contains("class path");
			assertThat(status.nextAttempt()).isNull();
		});
		this.threads.awaitEnd();
		assertThat(output).containsOnlyOnce("ERROR")
			.containsOnlyOnce("LLMtrack is off, because class com.example.Missing is missing.")
			.contains("lost: " + 3 * MAX_IN_FLIGHT);
	}

	@Test
	void furtherEventsAreIgnored() {
		FakeTransport transport = FakeTransport.returning(IMPOSSIBLE);
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 1);
		awaitState(dispatcher, DeliveryState.OFF);
		record(dispatcher, 5);
		dispatcher.resume();
		this.threads.awaitEnd();
		assertThat(dispatcher.getStatistics().getRecorded()).isOne();
		assertThat(transport.attempts()).hasSize(1);
		assertThat(dispatcher.probe(event("test")).toCompletableFuture())
			.isCompletedWithValueMatching((result) -> result instanceof DeliveryResult.Impossible);
	}

	@Test
	void everyEventIsCountedIfManyAreRecordedMeanwhile() {
		FakeTransport transport = FakeTransport.manual();
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 1);
		transport.awaitAttempt(1);
		Thread recorder = new Thread(() -> {
			while (dispatcher.getState() != DeliveryState.OFF) {
				record(dispatcher, 1);
			}
		});
		recorder.start();
		transport.awaitAttempt(1).complete(IMPOSSIBLE);
		awaitState(dispatcher, DeliveryState.OFF);
		Waiting.await().until(() -> !recorder.isAlive());
		Waiting.await().until(() -> dispatcher.getPending() == 0);
		awaitBalance(dispatcher);
	}

	@Test
	void dispatcherThatIsOffFromTheStartDoesNothing(CapturedOutput output) {
		EventDispatcher dispatcher = EventDispatcher.off("there is no key", "Set one.");
		AtomicInteger heard = new AtomicInteger();
		dispatcher.addListener(new DeliveryListener() {

			@Override
			public void recorded(LlmUsageEvent event) {
				heard.incrementAndGet();
			}

		});
		dispatcher.start();
		record(dispatcher, 3);
		dispatcher.stop();
		dispatcher.destroy();
		assertThat(heard).hasValue(0);
		assertThat(dispatcher.getStatistics().getRecorded()).isZero();
		assertThat(dispatcher.getStatus()).extracting(DeliveryStatus::meaning, DeliveryStatus::remedy)
			.containsExactly("LLMtrack is off, because there is no key", "Set one.");
		assertThat(output).isEmpty();
	}

	@Test
	void dispatcherThatFailsToLinkSaysSoOnce(CapturedOutput output) {
		EventDispatcher dispatcher = EventDispatcher.failedToLink(new NoClassDefFoundError("a/b/C"));
		assertThat(dispatcher.getStatus().problems()).extracting(DeliveryProblem::problem)
			.containsExactly("class a.b.C is missing");
		assertThat(output).containsOnlyOnce("LLMtrack is off, because class a.b.C is missing.");
	}

	@ParameterizedTest
	@MethodSource("failures")
	void failureToLinkIsSaidByName(LinkageError failure, String problem) {
		assertThat(DeliveryResult.Impossible.of(failure).problem()).isEqualTo(problem);
	}

	static Object[][] failures() {
		return new Object[][] { { new NoClassDefFoundError("a/b/C"), "class a.b.C is missing" },
				{ new ExceptionInInitializerError(new NoClassDefFoundError("a/b/C")), "class a.b.C is missing" },
				{ new NoClassDefFoundError("Could not initialize class a.b.C"),
						"libraries on the class path do not fit together (NoClassDefFoundError: Could not initialize "
								+ "class a.b.C)" },
				{ new NoSuchMethodError("'void a.b.C.d()'"),
						"libraries on the class path do not fit together (NoSuchMethodError: 'void a.b.C.d()')" } };
	}

}
