// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

/**
 * One endpoint of one provider, which counts its requests.
 */
public final class ProviderStub {

	private final WireMockServer server;

	private final String path;

	public ProviderStub(WireMockServer server, String path) {
		this.server = server;
		this.path = path;
	}

	/**
	 * Give answers one after the other, and the last one forever.
	 */
	public void answers(ResponseDefinitionBuilder... inTurn) {
		this.server.resetScenarios();
		for (int turn = 0; turn < inTurn.length; turn++) {
			MappingBuilder mapping = WireMock.post(WireMock.urlEqualTo(this.path)).willReturn(inTurn[turn]);
			if (inTurn.length > 1) {
				mapping.inScenario(this.path).whenScenarioStateIs(state(turn));
				if (turn < inTurn.length - 1) {
					mapping.inScenario(this.path).willSetStateTo(state(turn + 1));
				}
			}
			this.server.stubFor(mapping);
		}
	}

	/**
	 * Give one answer to those who want a whole one, and another to those who want it bit
	 * by bit.
	 */
	public void answersAndStreams(ResponseDefinitionBuilder whole, ResponseDefinitionBuilder stream) {
		answers(whole);
		this.server.stubFor(WireMock.post(WireMock.urlEqualTo(this.path))
			.withRequestBody(WireMock.matchingJsonPath("$[?(@.stream == true)]"))
			.willReturn(stream));
	}

	private static String state(int turn) {
		return (turn == 0) ? Scenario.STARTED : "turn " + turn;
	}

	public int requests() {
		return logged().size();
	}

	public List<String> bodies() {
		return logged().stream().map(LoggedRequest::getBodyAsString).toList();
	}

	private List<LoggedRequest> logged() {
		return this.server.findAll(WireMock.postRequestedFor(WireMock.urlEqualTo(this.path)));
	}

}
