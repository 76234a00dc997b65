// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/**
 * What an {@link LlmTrackServer} answers to an event. Immutable.
 *
 * @since 0.1.0
 */
public final class LlmTrackAnswer {

	private static final String JSON = "application/json";

	private final int status;

	private final Map<String, String> headers;

	private final String body;

	private final boolean accepting;

	private final boolean sent;

	private final Duration delay;

	private LlmTrackAnswer(int status, Map<String, String> headers, String body, boolean accepting, boolean sent,
			Duration delay) {
		this.status = status;
		this.headers = headers;
		this.body = body;
		this.accepting = accepting;
		this.sent = sent;
		this.delay = delay;
	}

	private static LlmTrackAnswer json(int status, String body, boolean accepting) {
		return new LlmTrackAnswer(status, Map.of("Content-Type", JSON), body, accepting, true, Duration.ZERO);
	}

	/**
	 * The event is accepted, with {@code 201} as LLMtrack's documentation says.
	 * @return the answer
	 */
	public static LlmTrackAnswer created() {
		return json(201, "{\"ok\":true,\"consumption_source\":\"included\"}", true);
	}

	/**
	 * The event is accepted, with {@code 200} as LLMtrack's own SDKs expect it.
	 * @return the answer
	 */
	public static LlmTrackAnswer ok() {
		return json(200, "{\"ok\":true,\"duplicate\":false,\"consumption_source\":\"included\","
				+ "\"dashboard_visible\":true,\"pricing_status\":\"ok\"}", true);
	}

	static LlmTrackAnswer duplicate() {
		return json(200, "{\"ok\":true,\"duplicate\":true}", true);
	}

	static LlmTrackAnswer text(String text) {
		return new LlmTrackAnswer(200, Map.of("Content-Type", "text/plain"), text, false, true, Duration.ZERO);
	}

	/**
	 * The event is refused as invalid: {@code 400}.
	 * @return the answer
	 */
	public static LlmTrackAnswer invalidPayload() {
		return error(400, "Invalid payload");
	}

	/**
	 * The key is refused: {@code 401}.
	 * @return the answer
	 */
	public static LlmTrackAnswer invalidKey() {
		return error(401, "Invalid API key");
	}

	/**
	 * The plan is used up: {@code 402}.
	 * @return the answer
	 */
	public static LlmTrackAnswer planLimitReached() {
		return error(402, "Free plan quota exceeded");
	}

	/**
	 * The server fails: {@code 500}.
	 * @return the answer
	 */
	public static LlmTrackAnswer failure() {
		return error(500, "Internal server error");
	}

	/**
	 * The event is not accepted, with any status.
	 * @param status the HTTP status, such as 503
	 * @param error the text of the error
	 * @return the answer
	 */
	public static LlmTrackAnswer error(int status, String error) {
		return json(status, "{\"error\":\"%s\"}".formatted(error.replace("\\", "\\\\").replace("\"", "\\\"")), false);
	}

	/**
	 * A host in between answers {@code 200} with a page of HTML, as a captive portal
	 * does. The event is not accepted.
	 * @return the answer
	 */
	public static LlmTrackAnswer html() {
		return new LlmTrackAnswer(200, Map.of("Content-Type", "text/html"), "<html><body>Log in</body></html>", false,
				true, Duration.ZERO);
	}

	/**
	 * The connection is closed without an answer. The event is not accepted.
	 * @return the answer
	 */
	public static LlmTrackAnswer connectionClosed() {
		return new LlmTrackAnswer(0, Map.of(), "", false, false, Duration.ZERO);
	}

	/**
	 * The event is accepted, but the connection is closed without an answer. It will be
	 * sent again with the same key, and be answered as a duplicate.
	 * @return the answer
	 */
	public static LlmTrackAnswer lost() {
		return new LlmTrackAnswer(0, Map.of(), "", true, false, Duration.ZERO);
	}

	/**
	 * Delay this answer. An event that it accepts is accepted at once.
	 * @param duration the delay after the event
	 * @return the delayed answer
	 */
	public LlmTrackAnswer after(Duration duration) {
		return new LlmTrackAnswer(this.status, this.headers, this.body, this.accepting, this.sent, duration);
	}

	/**
	 * Return this answer with what the request of an accepted event costs.
	 */
	LlmTrackAnswer withCost(BigDecimal cost) {
		String body = this.body.replaceFirst("}$", ",\"cost\":" + cost.toPlainString() + "}");
		return new LlmTrackAnswer(this.status, this.headers, body, this.accepting, this.sent, this.delay);
	}

	int status() {
		return this.status;
	}

	Map<String, String> headers() {
		return this.headers;
	}

	String body() {
		return this.body;
	}

	/**
	 * Return whether the event is validated and kept.
	 */
	boolean isAccepting() {
		return this.accepting;
	}

	/**
	 * Return whether there is an answer at all.
	 */
	boolean isSent() {
		return this.sent;
	}

	Duration delay() {
		return this.delay;
	}

	@Override
	public String toString() {
		return this.sent ? this.status + " " + this.body : "no answer";
	}

}
