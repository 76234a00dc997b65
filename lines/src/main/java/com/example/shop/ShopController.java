// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The shop's features over HTTP. It names no feature: the services do.
 */
@RestController
class ShopController {

	private final SupportChat supportChat;

	private final Translations translations;

	private final Search search;

	private final Summaries summaries;

	ShopController(SupportChat supportChat, Translations translations, Search search, Summaries summaries) {
		this.supportChat = supportChat;
		this.translations = translations;
		this.search = search;
		this.summaries = summaries;
	}

	@GetMapping("/answer")
	String answer(@RequestParam String customer, @RequestParam String question) {
		return this.supportChat.answer(customer, question);
	}

	@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<String> stream(@RequestParam String customer, @RequestParam String question) {
		return this.supportChat.stream(customer, question);
	}

	@GetMapping("/mail")
	Mono<String> mail(@RequestParam String customer, @RequestParam String question) {
		return this.supportChat.mail(customer, question);
	}

	@GetMapping("/publication")
	String publish(@RequestParam String text) {
		return this.translations.publish(text);
	}

	@GetMapping("/proof")
	String proofread(@RequestParam String text) {
		return this.translations.proofread(text);
	}

	@GetMapping("/summary")
	String summarize(@RequestParam String text) {
		return this.summaries.summarize(text);
	}

	@GetMapping("/vector")
	float[] vector(@RequestParam String text) {
		return this.search.vector(text);
	}

}
