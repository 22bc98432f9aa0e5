/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-directory.h"

#include "output-file.h"
#include "program-options.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr const char* CONFIG = "config.ini"; //!< name of the configuration
constexpr int PATIENCE{100};                 //!< hundredths of a second to wait for the lock

/**
 * @brief Try to lock a directory.
 * @param path the directory
 * @param wait hundredths of a second to wait
 * @return a descriptor that holds the lock; -1 if it is taken, -2 if there are no locks
 */
int
TryLock(const std::filesystem::path& path, int wait)
{
    const int descriptor = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
    {
        return -2;
    }
    while (flock(descriptor, LOCK_EX | LOCK_NB) != 0)
    {
        if (errno != EWOULDBLOCK && errno != EINTR)
        {
            close(descriptor);
            return -2;
        }
        if (wait-- <= 0)
        {
            close(descriptor);
            return -1;
        }
        usleep(10000);
    }
    return descriptor;
}

} // namespace

SweepDirectory::SweepDirectory(const std::filesystem::path& path, Content content)
    : m_path(path)
{
    if (content == Content::RESULTS)
    {
        FindDatabase(path);
    }
    std::error_code error;
    const bool exists = std::filesystem::exists(path, error);
    if (exists && !std::filesystem::is_directory(path, error))
    {
        throw UsageError(path.string() + ": exists and is not a directory");
    }
    if (!exists)
    {
        m_made = std::filesystem::create_directories(path, error);
        if (error)
        {
            throw UsageError(path.string() + ": " + error.message());
        }
    }
    Lock();
    const bool hasResults = std::filesystem::exists(GetDatabase(), error);
    if (content == Content::RESULTS_OR_NOTHING && !hasResults)
    {
        const bool empty = std::filesystem::is_empty(path, error);
        if (error)
        {
            throw UsageError(path.string() + ": " + error.message());
        }
        if (!empty)
        {
            throw UsageError(path.string() + ": not empty, and without results of a sweep; nothing "
                                             "is overwritten");
        }
    }
    // SQLite would say the same, after it has begun.
    if (access((hasResults ? GetDatabase() : path).c_str(), W_OK) != 0 ||
        access(path.c_str(), W_OK | X_OK) != 0)
    {
        throw UsageError(path.string() + ": " + std::strerror(errno));
    }
}

SweepDirectory::~SweepDirectory()
{
    if (m_made)
    {
        std::error_code ignored;
        std::filesystem::remove(m_path, ignored); // which succeeds only if it is empty
    }
    if (m_lock >= 0)
    {
        close(m_lock);
    }
}

void
SweepDirectory::Lock()
{
    // Workers of a process that was killed hold the lock for a moment longer.
    m_lock = TryLock(m_path, PATIENCE);
    if (m_lock == -1)
    {
        throw UsageError(m_path.string() + ": another process is running this sweep");
    }
}

std::filesystem::path
SweepDirectory::GetDatabase() const
{
    return m_path / DATABASE;
}

std::filesystem::path
SweepDirectory::FindDatabase(const std::filesystem::path& path)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path / DATABASE, ignored))
    {
        throw UsageError(path.string() + ": no results of a sweep there (" + DATABASE + ")");
    }
    return path / DATABASE;
}

bool
SweepDirectory::IsBusy(const std::filesystem::path& path)
{
    const int lock = TryLock(path, 0);
    if (lock >= 0)
    {
        close(lock);
    }
    return lock == -1;
}

void
SweepDirectory::WriteConfiguration(const std::string& configuration) const
{
    std::ifstream old(m_path / CONFIG);
    if (old && std::string(std::istreambuf_iterator<char>(old), {}) == configuration)
    {
        return;
    }
    OutputFile file(m_path, CONFIG);
    file.Get() << configuration;
    file.Close();
}

} // namespace keepalive
} // namespace ns3
