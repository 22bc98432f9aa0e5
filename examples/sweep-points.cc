/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-points.h"

#include "program-options.h"
#include "sweep-mechanism.h"

#include <algorithm>
#include <boost/algorithm/string/join.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief A CSV file of points, as far as it has been read.
 */
class PointsFile
{
  public:
    /**
     * @brief Open it.
     * @param name its name
     * @throw UsageError if it cannot be read
     */
    explicit PointsFile(std::string name)
        : m_name(std::move(name)),
          m_in(m_name, std::ios::binary)
    {
        std::error_code ignored;
        if (!m_in || std::filesystem::is_directory(m_name, ignored))
        {
            throw UsageError("option --points=" + m_name + ": cannot read this file");
        }
        // What spreadsheets write before UTF-8.
        if (m_in.peek() == 0xef)
        {
            m_in.ignore(3);
        }
    }

    /**
     * @brief Read a row. Empty lines are skipped.
     * @return its cells; none at the end of the file
     */
    std::optional<std::vector<std::string>> ReadRow()
    {
        std::string line;
        while (std::getline(m_in, line))
        {
            m_line++;
            if (!line.empty() && line.back() == '\r')
            {
                line.pop_back();
            }
            if (!line.empty())
            {
                return Split(line);
            }
        }
        return std::nullopt;
    }

    /**
     * @brief Refuse the row that was read last.
     * @param why what is wrong with it
     * @throw UsageError always
     */
    [[noreturn]] void Refuse(const std::string& why) const
    {
        throw UsageError("option --points=" + m_name + ": line " + std::to_string(m_line) + ": " +
                         why);
    }

  private:
    /**
     * @brief Split a line into cells.
     * @param line the line
     * @return the cells, without their quotation marks
     */
    std::vector<std::string> Split(const std::string& line) const
    {
        std::vector<std::string> cells(1);
        bool quoted = false;
        for (std::size_t i = 0; i < line.size(); i++)
        {
            const char c = line[i];
            if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"')
            {
                cells.back() += c;
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                cells.emplace_back();
            }
            else
            {
                cells.back() += c;
            }
        }
        if (quoted)
        {
            Refuse("a quotation mark is missing");
        }
        for (std::string& cell : cells)
        {
            const std::size_t first = cell.find_first_not_of(" \t");
            cell = first == std::string::npos
                       ? ""
                       : cell.substr(first, cell.find_last_not_of(" \t") - first + 1);
        }
        return cells;
    }

    std::string m_name; //!< its name
    std::ifstream m_in; //!< where it is read from
    unsigned m_line{0}; //!< the line that was read last
};

/**
 * @brief Whether any mechanism has a setting.
 * @param name of the setting
 * @return true if so
 */
bool
AnyHas(const std::string& name)
{
    const std::vector<std::string>& all = SweepMechanism::GetNames();
    return std::any_of(all.begin(), all.end(), [&name](const std::string& mechanism) {
        return SweepMechanism::HasFactor(mechanism, name);
    });
}

/**
 * @brief Read the header of a file.
 * @param file the file
 * @param mechanism the mechanism of all points, or empty
 * @return names of columns
 */
std::vector<std::string>
ReadHeader(PointsFile& file, const std::string& mechanism)
{
    const auto header = file.ReadRow();
    if (!header)
    {
        file.Refuse("an empty file; expected names of factors, and a point in each line below");
    }
    std::set<std::string> known;
    for (const auto& name : *header)
    {
        if (name.empty())
        {
            file.Refuse("a column without a name");
        }
        if (!known.insert(name).second)
        {
            file.Refuse("column " + name + " is there twice");
        }
        if (name == "mechanism" ? !mechanism.empty() : !AnyHas(name))
        {
            file.Refuse(name == "mechanism"
                            ? "column mechanism, and --mechanism as well"
                            : "no mechanism has a factor " + name + " (--help lists them)");
        }
    }
    if (mechanism.empty() && known.count("mechanism") == 0)
    {
        file.Refuse("no column mechanism, and no --mechanism with one name");
    }
    return *header;
}

/**
 * @brief Add every combination for one mechanism.
 * @param plan where to
 * @param mechanism the mechanism
 * @param factors those that it has
 */
void
MultiplyOne(SweepPlan& plan,
            const std::string& mechanism,
            const std::vector<const SweepFactor*>& factors)
{
    uint64_t combinations = 1;
    for (const SweepFactor* factor : factors)
    {
        combinations *= factor->levels.size();
        if (plan.points.size() + combinations > SweepPoints::MOST)
        {
            throw UsageError("a plan of more than " + std::to_string(SweepPoints::MOST) +
                             " points, which is the most that are allowed; fewer levels, or "
                             "--points=FILE.csv with some of the combinations");
        }
    }
    for (uint64_t number = 0; number < combinations; number++)
    {
        SweepPlan::Point point{mechanism, {}};
        uint64_t rest = number;
        for (auto i = factors.rbegin(); i != factors.rend(); ++i)
        {
            const auto& levels = (*i)->levels;
            point.factors.insert(point.factors.begin(), {(*i)->name, levels[rest % levels.size()]});
            rest /= levels.size();
        }
        plan.points.push_back(point);
    }
}

} // namespace

void
SweepPoints::Multiply(SweepPlan& plan,
                      const std::vector<std::string>& mechanisms,
                      const std::vector<SweepFactor>& factors)
{
    for (const SweepFactor& factor : factors)
    {
        plan.factorNames.push_back(factor.name);
    }
    for (const auto& mechanism : mechanisms)
    {
        std::vector<const SweepFactor*> had;
        for (const SweepFactor& factor : factors)
        {
            if (SweepMechanism::HasFactor(mechanism, factor.name))
            {
                had.push_back(&factor);
            }
        }
        MultiplyOne(plan, mechanism, had);
    }
}

void
SweepPoints::Read(SweepPlan& plan, const std::string& name, const std::string& mechanism)
{
    PointsFile file(name);
    const std::vector<std::string> header = ReadHeader(file, mechanism);
    std::copy_if(header.begin(),
                 header.end(),
                 std::back_inserter(plan.factorNames),
                 [](const std::string& column) { return column != "mechanism"; });
    while (const auto row = file.ReadRow())
    {
        if (row->size() != header.size())
        {
            file.Refuse(std::to_string(row->size()) + " cells, must be " +
                        std::to_string(header.size()) + " as in the header");
        }
        SweepPlan::Point point{mechanism, {}};
        const auto column = std::find(header.begin(), header.end(), "mechanism");
        if (column != header.end())
        {
            point.mechanism = (*row)[column - header.begin()];
        }
        const std::vector<std::string>& all = SweepMechanism::GetNames();
        if (std::find(all.begin(), all.end(), point.mechanism) == all.end())
        {
            file.Refuse("mechanism " + point.mechanism + ": expected one of " +
                        boost::algorithm::join(all, ", "));
        }
        for (std::size_t i = 0; i < header.size(); i++)
        {
            if (header[i] == "mechanism" || (*row)[i].empty())
            {
                continue;
            }
            if (!SweepMechanism::HasFactor(point.mechanism, header[i]))
            {
                file.Refuse(point.mechanism + " has no factor " + header[i] +
                            "; its cell must be empty");
            }
            point.factors.emplace_back(header[i], (*row)[i]);
        }
        plan.points.push_back(point);
        if (plan.points.size() > MOST)
        {
            file.Refuse("more than " + std::to_string(MOST) + " points, the most that are allowed");
        }
    }
    if (plan.points.empty())
    {
        file.Refuse("no points below the header");
    }
}

std::vector<SweepLeftOut>
SweepPoints::Check(SweepPlan& plan, bool skip)
{
    std::vector<SweepLeftOut> leftOut;
    std::vector<SweepPlan::Point> kept;
    std::map<std::pair<std::string, SweepPlan::Settings>, std::string> known;
    for (uint32_t i = 0; i < plan.points.size(); i++)
    {
        const SweepPlan::Point& point = plan.points[i];
        // Without its number, which is that of another point once some are left out.
        const std::string words = DescribePoint(plan, i);
        const std::string name = words.substr(words.find('('));
        try
        {
            const SweepPlan::Settings settings = GetSettings(plan, i);
            SweepMechanism::Make(point.mechanism, settings);
            const auto [same, isNew] =
                known.emplace(std::make_pair(point.mechanism,
                                             SweepMechanism::Translate(point.mechanism, settings)),
                              name);
            if (!isNew)
            {
                throw UsageError("the same experiment as that of " + same->second +
                                 ": what differs has no effect");
            }
            kept.push_back(point);
        }
        catch (const UsageError& error)
        {
            if (!skip)
            {
                throw UsageError("point " + name + ": " + error.what() +
                                 " (--skip-invalid leaves such points out)");
            }
            leftOut.push_back({name, error.what()});
        }
    }
    if (kept.empty())
    {
        throw UsageError("no point is left, the first one left out being " + leftOut[0].point +
                         ": " + leftOut[0].reason);
    }
    plan.points = kept;
    return leftOut;
}

} // namespace keepalive
} // namespace ns3
