// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.stream.IntStream;

import com.llmtrack.spring.delivery.FakeTransport.Attempt;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link EventDispatcher} drops, and what it logs about that.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class EventDispatcherOverflowTests extends AbstractEventDispatcherTests {

	private static final DeliverySettings TEN = new DeliverySettings(10, MAX_IN_FLIGHT, Duration.ofSeconds(20));

	@Test
	void capacityCountsWhatIsUnderWay() {
		FakeTransport transport = FakeTransport.manual();
		EventDispatcher dispatcher = dispatcher(transport, TEN);
		record(dispatcher, MAX_IN_FLIGHT);
		transport.awaitAttempts(MAX_IN_FLIGHT);
		record(dispatcher, 10);
		assertThat(dispatcher.getPending()).isEqualTo(10);
		assertThat(dispatcher.getStatistics().getDropped(DropReason.QUEUE_FULL)).isEqualTo(MAX_IN_FLIGHT);
	}

	@Test
	void capacityCountsWhatIsToBeSentAgain() {
		FakeTransport transport = FakeTransport.returning(new DeliveryResult.KeyRefused("HTTP 401"));
		EventDispatcher dispatcher = dispatcher(transport, TEN);
		record(dispatcher, 1);
		awaitState(dispatcher, DeliveryState.KEY_REFUSED);
		record(dispatcher, 10);
		assertThat(dispatcher.getPending()).isEqualTo(10);
		assertThat(dispatcher.getStatistics().getDropped(DropReason.QUEUE_FULL)).isOne();
	}

	@Test
	void newestEventsAreDropped() {
		FakeTransport transport = FakeTransport.manual();
		EventDispatcher dispatcher = dispatcher(transport, TEN);
		record(dispatcher, 15);
		transport.recover();
		awaitDelivered(dispatcher, 10);
		assertThat(transport.attempts()).extracting(Attempt::model)
			.containsExactlyElementsOf(IntStream.range(0, 10).mapToObj((i) -> "model-" + i).toList());
	}

	@Test
	void deliveryMakesRoom() {
		FakeTransport transport = FakeTransport.manual();
		EventDispatcher dispatcher = dispatcher(transport, TEN);
		record(dispatcher, 10);
		transport.awaitAttempt(1).complete(FakeTransport.ACCEPTED);
		transport.awaitAttempt(2).complete(new DeliveryResult.Rejected("HTTP 400"));
		Waiting.await().until(() -> dispatcher.getPending() == 8);
		record(dispatcher, 2);
		assertThat(dispatcher.getStatistics().getDropped(DropReason.QUEUE_FULL)).isZero();
	}

	@Test
	void overflowIsReportedOnce(CapturedOutput output) {
		EventDispatcher dispatcher = dispatcher(FakeTransport.manual(), TEN);
		record(dispatcher, 1000);
		assertThat(dispatcher.getStatistics().getDropped(DropReason.QUEUE_FULL)).isEqualTo(990);
		assertThat(occurrences(output, "The queue of 10 events is full")).isOne();
		assertThat(output).contains("llmtrack.delivery.queue-capacity");
	}

	@Test
	void rejectedEventIsDroppedAndCounted() {
		FakeTransport transport = new FakeTransport((attempt) -> attempt.complete(
				attempt.model().equals("model-3") ? new DeliveryResult.Rejected("HTTP 400") : FakeTransport.ACCEPTED));
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 10);
		awaitDelivered(dispatcher, 9);
		Waiting.await().until(() -> dispatcher.getPending() == 0);
		assertThat(dispatcher.getStatistics().getDropped(DropReason.REJECTED)).isOne();
		assertThat(transport.attempts()).hasSize(10);
		assertThat(dispatcher.getState()).isEqualTo(DeliveryState.ACTIVE);
	}

	@Test
	void rejectionIsReportedOncePerProblem(CapturedOutput output) {
		FakeTransport transport = new FakeTransport((attempt) -> attempt.complete(
				new DeliveryResult.Rejected("HTTP 400, field: " + (attempt.model().endsWith("0") ? "model" : "cost"))));
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 19);
		Waiting.await().until(() -> dispatcher.getStatistics().getDropped(DropReason.REJECTED) == 19);
		assertThat(occurrences(output, "rejected an event as invalid (HTTP 400, field: model)")).isOne();
		assertThat(occurrences(output, "rejected an event as invalid (HTTP 400, field: cost)")).isOne();
	}

	@Test
	void refusedKeyIsReportedOnceAndSaysWhatToDo(CapturedOutput output) {
		EventDispatcher dispatcher = dispatcher(
				FakeTransport.returning(new DeliveryResult.KeyRefused("HTTP 401, error: no")));
		record(dispatcher, 10);
		awaitState(dispatcher, DeliveryState.KEY_REFUSED);
		Waiting.awhile().until(() -> occurrences(output, "LLMtrack refuses the key (HTTP 401, error: no)") == 1);
		assertThat(output).contains("ERROR").contains("llmtrack.api-key");
	}

	@Test
	void outageAndItsEndAreReportedOnce(CapturedOutput output) {
		FakeTransport transport = FakeTransport.returning(FakeTransport.UNAVAILABLE);
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 10);
		awaitState(dispatcher, DeliveryState.WAITING);
		transport.awaitAttempts(2);
		transport.recover();
		awaitDelivered(dispatcher, 10);
		assertThat(occurrences(output, "LLMtrack can't take events right now (HTTP 500)")).isOne();
		Waiting.await().until(() -> occurrences(output, "LLMtrack takes events again") == 1);
	}

}
