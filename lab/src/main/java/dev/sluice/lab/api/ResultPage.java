package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** One page of a list, by {@code ?page=} and {@code ?per_page=}, with links to its neighbours and the full count. */
public final class ResultPage {
    private static final int LARGEST = 200;
    private static final int USUAL = 20;

    private final RoutedRequest call;
    private final int number;
    private final int size;

    private ResultPage(RoutedRequest call) {
        this.call = call;
        this.number = positive("page", 1, Integer.MAX_VALUE);
        this.size = positive("per_page", USUAL, LARGEST);
    }

    /** Returns the page that the request names; past the end it is empty. */
    public static <T> ApiResponse respond(RoutedRequest call, String key, List<T> all, Function<T, ObjectNode> json) {
        ResultPage page = new ResultPage(call);
        ArrayNode items = ApiJson.array();
        all.stream()
                .skip((long) (page.number - 1) * page.size)
                .limit(page.size)
                .forEach(item -> items.add(json.apply(item)));
        ObjectNode body = ApiJson.object();
        body.set(key, items);
        body.set("links", page.links(all.size()));
        body.putObject("meta").put("total", all.size());
        return new ApiResponse(200, body, 0);
    }

    private int positive(String parameter, int usual, int largest) {
        String text = call.queryParameter(parameter).orElse("");
        if (text.isEmpty()) {
            return usual;
        }
        if (text.matches("[0-9]{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= 1 && value <= largest) {
                return value;
            }
        }
        throw ApiErrorException.unprocessable("%s must be a number from 1 to %d.".formatted(parameter, largest));
    }

    private ObjectNode links(int total) {
        int last = Math.max(1, (total + size - 1) / size);
        ObjectNode pages = ApiJson.object();
        if (number > 1) {
            pages.put("first", address(1)).put("prev", address(Math.min(number - 1, last)));
        }
        if (number < last) {
            pages.put("next", address(number + 1)).put("last", address(last));
        }
        ObjectNode links = ApiJson.object();
        if (!pages.isEmpty()) {
            links.set("pages", pages);
        }
        return links;
    }

    private String address(int page) {
        TreeMap<String, String> query = new TreeMap<>(call.query());
        query.put("page", Integer.toString(page));
        query.put("per_page", Integer.toString(size));
        StringBuilder text = new StringBuilder(call.base()).append(call.path());
        String separator = "?";
        for (Map.Entry<String, String> entry : query.entrySet()) {
            text.append(separator).append(entry.getKey()).append('=').append(encode(entry.getValue()));
            separator = "&";
        }
        return text.toString();
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
