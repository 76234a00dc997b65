/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.sample;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
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
	Flux<String> chat(@RequestParam(defaultValue = "How do I reset my password?") String question) {
		return this.assistant.answer(question);
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
	@Nullable String order(@RequestParam(defaultValue = "Where is order 4711?") String question) {
		return this.assistant.findOrder(question);
	}

	@GetMapping(path = "/translation", produces = MediaType.TEXT_PLAIN_VALUE)
	@Nullable String translation(@RequestParam(defaultValue = "Good morning") String text) {
		return this.assistant.translate(text);
	}

	@ExceptionHandler
	ProblemDetail modelFailed(RuntimeException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY,
				"The model could not answer: " + ex.getClass().getSimpleName());
	}

}
