// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample;

import java.time.Duration;
import java.time.Instant;

import com.llmtrack.spring.LlmBudgetExceededException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the features over HTTP.
 */
@RestController
class AssistantController {

	private final Assistant assistant;

	AssistantController(Assistant assistant) {
		this.assistant = assistant;
	}

	@GetMapping(path = "/chat", produces = MediaType.TEXT_PLAIN_VALUE)
	Flux<String> chat(@RequestParam(defaultValue = "acme") String customer,
			@RequestParam(defaultValue = "1") String conversation,
			@RequestParam(defaultValue = "How do I reset my password?") String question) {
		return this.assistant.answer(customer, conversation, question);
	}

	@GetMapping(path = "/summary", produces = MediaType.TEXT_PLAIN_VALUE)
	@Nullable String summary(@RequestParam(defaultValue = "It was a dark and stormy night.") String text) {
		return this.assistant.summarize(text);
	}

	@GetMapping(path = "/story", produces = { MediaType.TEXT_EVENT_STREAM_VALUE, MediaType.TEXT_PLAIN_VALUE })
	Flux<String> story(@RequestParam(defaultValue = "a lighthouse") String subject) {
		return this.assistant.tell(subject);
	}

	@GetMapping(path = "/order", produces = MediaType.TEXT_PLAIN_VALUE)
	@Nullable String order(@RequestParam(defaultValue = "acme") String customer,
			@RequestParam(defaultValue = "Where is order 4711?") String question) {
		return this.assistant.findOrder(customer, question);
	}

	@GetMapping(path = "/translation", produces = MediaType.TEXT_PLAIN_VALUE)
	@Nullable String translation(@RequestParam(defaultValue = "Good morning") String text) {
		return this.assistant.translate(text);
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> budgetExceeded(LlmBudgetExceededException ex) {
		Duration wait = Duration.between(Instant.now(), ex.getAccount().end());
		return ResponseEntity.of(ProblemDetail.forStatusAndDetail(HttpStatus.TOO_MANY_REQUESTS, ex.getMessage()))
			.header(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(wait.toSeconds(), 1)))
			.build();
	}

	@ExceptionHandler
	ProblemDetail modelFailed(RuntimeException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY,
				"The model could not answer: " + ex.getClass().getSimpleName());
	}

}
