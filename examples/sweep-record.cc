/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-record.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

namespace ns3
{
namespace keepalive
{

namespace
{

using Json = nlohmann::json;

/**
 * @brief A time that may be missing.
 * @param time the time
 * @return a number or null
 */
Json
ToJson(const std::optional<int64_t>& time)
{
    return time ? Json(*time) : Json();
}

/**
 * @brief Read what ToJson wrote.
 * @param value a number or null
 * @return the time
 */
std::optional<int64_t>
ToTime(const Json& value)
{
    return value.is_null() ? std::nullopt : std::optional<int64_t>(value.get<int64_t>());
}

} // namespace

std::string
SweepRecord::ToBytes(const ExperimentResult& result)
{
    // Lists rather than names and values: both sides are the same program.
    Json ends = Json::array();
    for (const auto& end : result.ends)
    {
        ends.push_back(
            Json::array({end.observed, end.mistaken, end.keepalives, end.keepaliveBytes}));
    }
    Json detections = Json::array();
    for (const auto& detection : result.detections)
    {
        detections.push_back(Json::array({detection.end,
                                          detection.number,
                                          detection.kind,
                                          detection.own,
                                          detection.outage,
                                          detection.began,
                                          ToJson(detection.ended),
                                          ToJson(detection.detected),
                                          detection.cause,
                                          ToJson(detection.recovered)}));
    }
    Json mistakes = Json::array();
    for (const auto& mistake : result.mistakes)
    {
        mistakes.push_back(Json::array({mistake.end,
                                        mistake.suspected,
                                        ToJson(mistake.trusted),
                                        ToJson(mistake.sincePrevious),
                                        mistake.cause}));
    }
    std::string bytes;
    Json::to_cbor(Json::array({result.duration, result.events, ends, detections, mistakes}), bytes);
    return bytes;
}

ExperimentResult
SweepRecord::FromBytes(const std::string& bytes)
{
    try
    {
        const Json record = Json::from_cbor(bytes);
        ExperimentResult result;
        result.duration = record.at(0).get<int64_t>();
        result.events = record.at(1).get<uint64_t>();
        for (const auto& row : record.at(2))
        {
            result.ends.push_back({row.at(0).get<int64_t>(),
                                   row.at(1).get<int64_t>(),
                                   row.at(2).get<uint64_t>(),
                                   row.at(3).get<uint64_t>()});
        }
        for (const auto& row : record.at(3))
        {
            result.detections.push_back({row.at(0).get<uint32_t>(),
                                         row.at(1).get<uint32_t>(),
                                         row.at(2).get<std::string>(),
                                         row.at(3).get<bool>(),
                                         row.at(4).get<bool>(),
                                         row.at(5).get<int64_t>(),
                                         ToTime(row.at(6)),
                                         ToTime(row.at(7)),
                                         row.at(8).get<std::string>(),
                                         ToTime(row.at(9))});
        }
        for (const auto& row : record.at(4))
        {
            result.mistakes.push_back({row.at(0).get<uint32_t>(),
                                       row.at(1).get<int64_t>(),
                                       ToTime(row.at(2)),
                                       ToTime(row.at(3)),
                                       row.at(4).get<std::string>()});
        }
        return result;
    }
    catch (const Json::exception& error)
    {
        throw std::runtime_error(std::string("not the record of a run: ") + error.what());
    }
}

} // namespace keepalive
} // namespace ns3
