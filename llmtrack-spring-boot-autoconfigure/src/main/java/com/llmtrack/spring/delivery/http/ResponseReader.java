// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.StringJoiner;
import java.util.regex.Pattern;

import com.llmtrack.spring.delivery.DeliveryResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Converts an HTTP response to the result for an event. Only a JSON body with
 * {@code "ok": true} counts as accepted, since proxies and captive portals respond with
 * 200, too.
 */
final class ResponseReader {

	private static final int MAX_PROBLEM_LENGTH = 200;

	private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

	private static final Pattern UNPRINTABLE = Pattern.compile("(?U)[\\s\\p{Cntrl}\\p{Cf}\\p{Cs}]+");

	private final JsonMapper json;

	private final InstantSource clock;

	private final String secret;

	/**
	 * Create a reader.
	 * @param json reads the bodies
	 * @param clock tells the time to compare dates with
	 * @param secret the key, which a response may quote and a problem must not
	 */
	ResponseReader(JsonMapper json, InstantSource clock, String secret) {
		this.json = json;
		this.clock = clock;
		this.secret = secret;
	}

	DeliveryResult read(int status, @Nullable String retryAfter, byte[] body) {
		JsonNode content = parse(body);
		String problem = problem(status, content);
		return switch (status) {
			case 400, 401, 402, 403, 413, 422 ->
				isMarkup(body) ? new DeliveryResult.Misdirected(problem) : refusal(status, problem);
			case 408, 429 -> new DeliveryResult.Unavailable(problem, delay(retryAfter));
			default -> {
				if (status >= 500) {
					yield new DeliveryResult.Unavailable(problem, delay(retryAfter));
				}
				boolean accepted = status >= 200 && status < 300 && content.path("ok").booleanValue(false);
				yield accepted ? acceptance(content) : new DeliveryResult.Misdirected(problem);
			}
		};
	}

	private static DeliveryResult refusal(int status, String problem) {
		return switch (status) {
			case 401, 403 -> new DeliveryResult.KeyRefused(problem);
			case 402 -> new DeliveryResult.PlanExhausted(problem);
			default -> new DeliveryResult.Rejected(problem);
		};
	}

	private DeliveryResult acceptance(JsonNode content) {
		JsonNode cost = content.path("cost");
		return new DeliveryResult.Accepted(content.path("duplicate").booleanValue(false),
				cost.isNumber() ? cost.decimalValue() : null,
				content.path("pricing_status").asString("").equals("unknown_model"), hidden(content));
	}

	/**
	 * Return why LLMtrack hides an event, in its own words, which it does not document.
	 */
	private @Nullable String hidden(JsonNode content) {
		if (content.path("dashboard_visible").booleanValue(true)) {
			return null;
		}
		StringJoiner reason = new StringJoiner(", ");
		for (String name : new String[] { "visibility_reason", "visibility_context" }) {
			JsonNode value = content.path(name);
			if (!value.isMissingNode() && !value.isNull()) {
				reason.add(name + ": " + printable(value.isString() ? value.stringValue() : value.toString()));
			}
		}
		return (reason.length() > 0) ? reason.toString() : "no reason given";
	}

	private JsonNode parse(byte[] body) {
		try {
			return this.json.readTree(body);
		}
		catch (JacksonException ex) {
			return this.json.missingNode();
		}
	}

	/**
	 * Return whether the response is that of a proxy or web server.
	 */
	private static boolean isMarkup(byte[] body) {
		for (byte character : body) {
			if (character > ' ') {
				return character == '<';
			}
		}
		return false;
	}

	private String problem(int status, JsonNode content) {
		StringBuilder problem = new StringBuilder("HTTP " + status);
		for (String name : new String[] { "error", "code", "field" }) {
			String value = content.path(name).asString("");
			if (!value.isBlank()) {
				problem.append(", ").append(name).append(": ").append(printable(value));
			}
		}
		return problem.toString();
	}

	private String printable(String value) {
		String printable = UNPRINTABLE.matcher(value).replaceAll(" ").replace(this.secret, "(key)").strip();
		return (printable.length() <= MAX_PROBLEM_LENGTH) ? printable
				: printable.substring(0, MAX_PROBLEM_LENGTH) + "…";
	}

	/**
	 * Read a {@code Retry-After} header, which is a number of seconds or a date.
	 * @return the time to wait, or {@code null} if the header is invalid
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110,
	 * 10.2.3</a>
	 */
	private @Nullable Duration delay(@Nullable String retryAfter) {
		if (retryAfter == null) {
			return null;
		}
		if (retryAfter.strip().matches("\\d{10,}")) {
			return FOREVER;
		}
		try {
			Duration delay = retryAfter.strip().matches("\\d+") ? Duration.ofSeconds(Long.parseLong(retryAfter.strip()))
					: Duration.between(this.clock.instant(), date(retryAfter));
			return (delay.isNegative() || delay.isZero()) ? null : delay;
		}
		catch (DateTimeException | ArithmeticException ex) {
			return null;
		}
	}

	private static Instant date(String value) {
		return ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
	}

}
