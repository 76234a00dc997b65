// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample.demo;

import java.io.IOException;
import java.net.URI;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects requests that other sites make through the user's browser: model requests cost
 * money, and the stand-in can be made to fail. Other sites may link to the page. Tools
 * such as curl send no site, and are let through.
 */
@Component
class SameOriginOnly extends OncePerRequestFilter {

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return request.getDispatcherType() != DispatcherType.REQUEST
				|| (request.getMethod().equals("GET") && request.getRequestURI().equals("/"));
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (isFromHere(request)) {
			chain.doFilter(request, response);
		}
		else {
			response.sendError(HttpStatus.FORBIDDEN.value());
		}
	}

	private static boolean isFromHere(HttpServletRequest request) {
		String site = request.getHeader("Sec-Fetch-Site");
		if (site != null) {
			return site.equals("same-origin") || site.equals("none");
		}
		// Browsers send no site to a host without TLS
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		return origin == null || isHost(origin, request.getHeader(HttpHeaders.HOST));
	}

	private static boolean isHost(String origin, @Nullable String host) {
		try {
			return host != null && host.equalsIgnoreCase(URI.create(origin).getAuthority());
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
